/**
 * Vitest's setup of one test file: a database of its own, named in DATABASE_URL before any of our modules is loaded, and
 * the secrets. A test just imports what it tests.
 */
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { testEnvironment } from "#tests/_environment.ts";

const { template, adminUrl } = inject("testDatabases");

async function asAdmin<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

async function copy(source: string): Promise<{ name: string; url: string }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin((sql) => sql`create database ${sql(name)} template ${sql(source)}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { name, url: url.toString() };
}

const { name, url } = await copy(template);
Object.assign(process.env, testEnvironment(url));

afterAll(async () => {
  // Without force: a file that leaves a connection open keeps its database until the whole server is removed at the
  // end.
  await asAdmin((sql) => sql`drop database if exists ${sql(name)}`).catch(() => {});
});
