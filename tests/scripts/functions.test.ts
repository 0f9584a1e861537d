import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { functions } from "#prisma/grants.ts";
import { localUrl } from "#scripts/roles.ts";

const directory = path.resolve("prisma/functions");
const names = readdirSync(directory).map((file) => file.replace(/\.sql$/, ""));

let owner: postgres.Sql;
beforeAll(() => {
  owner = postgres(localUrl(process.env.DATABASE_URL ?? "", "owner"), { max: 1, onnotice: () => {} });
});
afterAll(() => owner.end());

const definitionsOf = (sql: postgres.Sql | postgres.TransactionSql, name: string) => sql<{ definition: string }[]>`
  select pg_get_functiondef(oid) as definition from pg_proc
  where pronamespace = 'public'::regnamespace and proname = ${name}`;

test("prisma/functions holds each function of the database", () => {
  expect(names.sort()).toEqual(Object.keys(functions).sort());
});

test.each(names)("%s in the database is as in prisma/functions", async (name) => {
  const source = readFileSync(path.join(directory, `${name}.sql`), "utf8");
  const migrated = await definitionsOf(owner, name);
  expect(migrated).toHaveLength(1);
  const rolledBack = new Error("rolled back");
  const applied = owner.begin(async (tx) => {
    await tx.unsafe(source).simple();
    expect([...(await definitionsOf(tx, name))]).toEqual([...migrated]);
    throw rolledBack;
  });
  await expect(applied).rejects.toBe(rolledBack);
});
