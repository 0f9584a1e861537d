import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { migrate, pendingMigrations } from "#scripts/migrate.ts";

const url = process.env.DATABASE_URL ?? "";
const sql = postgres(url, { max: 1, onnotice: () => {} });
let directory: string;

function write(name: string, text: string): void {
  mkdirSync(path.join(directory, name), { recursive: true });
  writeFileSync(path.join(directory, name, "migration.sql"), text);
}

beforeEach(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), "imchat-migrations-"));
  await sql`drop schema public cascade`;
  await sql`create schema public`;
});
afterEach(() => rmSync(directory, { recursive: true }));
afterAll(() => sql.end());

test("migrations are applied once, in the order of their names", async () => {
  write("2_second", "alter table a add column two int; insert into a values (1, 2);");
  write("1_first", "create table a (one int);");
  expect(await pendingMigrations(url, directory)).toEqual(["1_first", "2_second"]);
  expect(await migrate(url, directory)).toEqual(["1_first", "2_second"]);
  expect(await migrate(url, directory)).toEqual([]);
  expect(await sql`select * from a`).toEqual([{ one: 1, two: 2 }]);
});

test("a migration that fails leaves nothing behind and says its name", async () => {
  write("1_first", "create table a (one int);");
  write("2_broken", "create table b (one int); select nonsense;");
  await expect(migrate(url, directory)).rejects.toThrow(/2_broken failed and was undone: .*nonsense/);
  expect(await sql`select to_regclass('a') as a, to_regclass('b') as b`).toEqual([{ a: "a", b: null }]);
  expect(await pendingMigrations(url, directory)).toEqual(["2_broken"]);
});

test("a migration that was edited after it was applied is refused, and the message says what to do", async () => {
  write("1_first", "create table a (one int);");
  await migrate(url, directory);
  write("1_first", "create table a (one int, two int);");
  write("2_second", "create table b (one int);");
  await expect(migrate(url, directory)).rejects.toThrow(/1_first was edited after it had been applied.*new migration/s);
  await expect(pendingMigrations(url, directory)).rejects.toThrow(/1_first/);
  expect(await sql`select to_regclass('b') as b`).toEqual([{ b: null }]);
});

test("line ends of another system are not an edit", async () => {
  write("1_first", "create table a (one int);\nselect 1;\n");
  await migrate(url, directory);
  write("1_first", "create table a (one int);\r\nselect 1;\r\n");
  expect(await migrate(url, directory)).toEqual([]);
});

test("a migration that Prisma left half-way stops everything until it is resolved", async () => {
  write("1_first", "create table a (one int);");
  await migrate(url, directory);
  await sql`update _prisma_migrations set finished_at = null`;
  await expect(migrate(url, directory)).rejects.toThrow(/migrate resolve --rolled-back 1_first/);
});

test("two deployments at once apply each migration once", async () => {
  write("1_first", "create table a (one int); select pg_sleep(0.2);");
  const applied = await Promise.all([migrate(url, directory), migrate(url, directory)]);
  expect(applied.flat()).toEqual(["1_first"]);
});
