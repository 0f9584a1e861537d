import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { deploy, deployLocally } from "#scripts/deploy.ts";
import { migrate } from "#scripts/migrate.ts";
import { localUrl, roleName, urlAs } from "#scripts/roles.ts";

const { adminUrl } = inject("testDatabases");
const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
const suffix = randomUUID().replaceAll("-", "").slice(0, 12);
const databases: string[] = [];
/** Owns one database, and may make nothing beside. */
const single = `single_${suffix}`;
const password = "a-password-of-its-own";

beforeAll(() => admin.unsafe(`create role ${single} login password '${password}'`).then(() => {}));
afterAll(async () => {
  for (const name of databases) await admin`drop database ${admin(name)}`;
  await admin`drop role ${admin(single)}`;
  await admin.end();
});

async function newDatabase(owner?: string): Promise<string> {
  const name = `roles_${databases.length}_${suffix}`;
  await admin`create database ${admin(name)}`;
  databases.push(name);
  if (owner) await admin`alter database ${admin(name)} owner to ${admin(owner)}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function ask(url: string, statement: string): Promise<postgres.Row[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await sql.end();
  }
}

const foreign = (owner: string) => `
  select oid::regclass::text as name from pg_class where relnamespace in (select oid from pg_namespace where nspname in ('public', 'graphile_worker'))
    and relowner <> '${owner}'::regrole
  union all select oid::regprocedure::text from pg_proc where pronamespace in (select oid from pg_namespace where nspname in ('public', 'graphile_worker'))
    and proowner <> '${owner}'::regrole
  union all select nspname from pg_namespace where nspname in ('public', 'graphile_worker') and nspowner <> '${owner}'::regrole
  union all select typname from pg_type where typnamespace in (select oid from pg_namespace where nspname in ('public', 'graphile_worker'))
    and typowner <> '${owner}'::regrole
  union all select datname from pg_database where datname = current_database() and datdba <> '${owner}'::regrole`;

test("a database in which the superuser owned everything is handed to the owner, who goes on from there", async () => {
  const url = await newDatabase();
  await migrate(url);
  await ask(url, "insert into people (handle, display_name, password_hash) values ('old', 'Old', 'x')");
  // The schema belongs to the role that means the owner of the database.
  expect(await ask(url, foreign("imchat"))).toEqual([{ name: "public" }]);
  expect(await deployLocally(url)).toEqual({ applied: [], hasRoles: true });
  expect(await ask(url, foreign(roleName("owner")))).toEqual([]);
  expect(await ask(localUrl(url, "web"), "select handle from people")).toEqual([{ handle: "old" }]);
  await ask(localUrl(url, "owner"), "alter table people add column later int");
});

test("a deployment that runs again changes nothing, and takes away what was given by hand", async () => {
  const url = await newDatabase();
  await deployLocally(url);
  const rights = "select relname, relacl::text from pg_class where relnamespace = 'public'::regnamespace order by 1";
  const before = await ask(url, rights);
  await ask(url, "grant all on people to imchat_jobs; grant select (token_hash) on sessions to imchat_jobs, public");
  expect(await ask(url, rights)).not.toEqual(before);
  await deployLocally(url);
  expect(await ask(url, rights)).toEqual(before);
  await expect(ask(localUrl(url, "jobs"), "select token_hash from sessions")).rejects.toThrow("permission denied");
});

test("one user who may make no roles runs everything, and is told why the roles were not made", async () => {
  const url = urlAs(await newDatabase(single), single, password);
  const said: string[] = [];
  const passwords = { web: "w".repeat(16), worker: "w".repeat(16), jobs: "j".repeat(16) };
  const { applied } = await deploy({ url, passwords }, (line) => said.push(line));
  expect(applied.length).toBeGreaterThan(10);
  expect(said.join()).toMatch(new RegExp(`The roles were not made: ${single} may not`));
  // Its own functions and its own queue.
  expect(
    await ask(url, "select id from add_job_as_owner('media:expire-orphans', '{}', null, null, null, 0, 1)"),
  ).toHaveLength(1);
  await ask(url, "insert into people (handle, display_name, password_hash) values ('one', 'One', 'x')");
});

test("without passwords nothing is made and nothing is said", async () => {
  const url = urlAs(await newDatabase(single), single, password);
  const said: string[] = [];
  await deploy({ url }, (line) => said.push(line));
  expect(said).toEqual([]);
});
