/**
 * Vitest's global setup: one Postgres for the run, in which a template database is migrated once. Each test file then
 * gets a copy of it (see _database-file.ts), which takes some 30 ms where migrating anew would take a second.
 */
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { deployLocally } from "#scripts/deploy.ts";
import { startPostgres } from "#scripts/postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The database to copy from, and the one to connect to while copying. */
    testDatabases: { template: string; adminUrl: string };
  }
}

const template = "imchat_template";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({ ephemeral: true });
  const adminUrl = server.urlOf("postgres");
  const sql = postgres(adminUrl, { max: 1 });
  await sql`create database ${sql(template)}`;
  await sql.end();
  await deployLocally(server.urlOf(template));
  project.provide("testDatabases", { template, adminUrl });
  return () => server.stop();
}
