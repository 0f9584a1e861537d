import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { functions, type Grants, queue, type Role, sequences, tables } from "#prisma/grants.ts";
import { deployLocally } from "#scripts/deploy.ts";
import { localUrl, roleName, roles } from "#scripts/roles.ts";
import { closeSql, sql } from "#server/db/sql.ts";
import { urlOf } from "#tests/_roles.ts";

const sessions = {} as Record<Role | "owner", postgres.Sql>; // filled before the first test

beforeAll(async () => {
  // What concerns the database itself is not in the template's copy.
  await deployLocally(process.env.DATABASE_URL ?? "");
  const open = (url: string) => postgres(url, { max: 1, onnotice: () => {} });
  for (const role of roles) sessions[role] = open(urlOf(role));
  sessions.owner = open(localUrl(process.env.DATABASE_URL ?? "", "owner"));
});

afterAll(async () => {
  await Promise.all(Object.values(sessions).map((session) => session.end()));
  await closeSql();
});

/** `web: select people`, `worker: update people (rev)`: a line for each right, on all of a thing or on a column. */
function listed(grants: Grants): string[] {
  return Object.entries(grants).flatMap(([name, of]) =>
    roles.flatMap((role) =>
      [...(of[role] ?? "").matchAll(/(\w+)(?:\s*\(([^)]*)\))?/g)].flatMap(([, verb = "", columns]) =>
        columns === undefined
          ? [`${role}: ${verb} ${name}`]
          : columns.split(",").map((column) => `${role}: ${verb} ${name} (${column.trim()})`),
      ),
    ),
  );
}

type Given = { grantee: string; verb: string; name: string };
/** Without what owners may do with their own. */
const given = (rows: Given[]) =>
  rows.map(({ grantee, verb, name }) => `${grantee.replace("imchat_", "")}: ${verb.toLowerCase()} ${name}`);

test("every table of the database is decided about, and each role may do to it exactly what is listed", async () => {
  const names = await sql()<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')`;
  expect(names.map(({ name }) => name).sort()).toEqual(Object.keys(tables).sort());
  const rights = await sql()<Given[]>`
    select coalesce(r.rolname, 'public') as grantee, a.privilege_type as verb, c.relname as name
    from pg_class c, aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
    where c.relnamespace = 'public'::regnamespace and c.relkind <> 'S' and a.grantee <> c.relowner
    union all
    select coalesce(r.rolname, 'public'), a.privilege_type, c.relname || ' (' || t.attname || ')'
    from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a left join pg_roles r on r.oid = a.grantee
    where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner`;
  expect(given(rights).sort()).toEqual(listed(tables).sort());
});

test("so is every sequence and every function", async () => {
  const counters = await sql()<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'`;
  expect(counters.map(({ name }) => name).sort()).toEqual(Object.keys(sequences).sort());
  const usage = await sql()<Given[]>`
    select coalesce(r.rolname, 'public') as grantee, a.privilege_type as verb, c.relname as name
    from pg_class c, aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' and a.grantee <> c.relowner`;
  expect(given(usage).sort()).toEqual(listed(sequences).sort());

  const routines = await sql()<{ name: string; acl: string | null }[]>`
    select proname as name, proacl::text as acl from pg_proc where pronamespace = 'public'::regnamespace`;
  expect(routines.map(({ name }) => name).sort()).toEqual(Object.keys(functions).sort());
  // Without a list everybody may call it.
  expect(routines.filter(({ acl }) => acl === null)).toEqual([]);
  const calls = await sql()<Given[]>`
    select coalesce(r.rolname, 'public') as grantee, a.privilege_type as verb, p.proname as name
    from pg_proc p, aclexplode(p.proacl) a left join pg_roles r on r.oid = a.grantee
    where p.pronamespace = 'public'::regnamespace and a.grantee <> p.proowner`;
  expect(given(calls).sort()).toEqual(listed(functions).sort());
});

test("the roles are no superusers, make no roles and no databases, see no row that is closed to them, and own nothing", async () => {
  const names = [...roles, "owner" as const].map(roleName);
  const found = await sql()`
    select rolname from pg_roles where rolname = any(${names}) and rolcanlogin
      and not (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication)`;
  expect(found.map(({ rolname }) => rolname).sort()).toEqual(names.sort());
  const [owned] = await sql()`
    select count(*)::int as things from pg_shdepend d join pg_roles r on r.oid = d.refobjid
    where d.deptype = 'o' and r.rolname = any(${roles.map(roleName)})`;
  expect(owned).toEqual({ things: 0 });
  const definers =
    await sql()`select proname, proconfig from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by 1`;
  expect(definers.map(({ proname, proconfig }) => [proname, proconfig[0]])).toEqual([
    ["add_job_as_owner", "search_path=pg_catalog, pg_temp"],
    ["presence_online", "search_path=public, pg_temp"],
    ["queue_for_search", "search_path=public, pg_temp"],
  ]);
});

const everyRole = [...roles] as Role[];
const hostile: [string, Role[]][] = [
  ["select password_hash from people", ["worker", "jobs"]],
  ["select * from people", ["worker", "jobs"]],
  ["select mobile, email from people", ["worker", "jobs"]],
  ["update people set handle = 'mine'", ["worker", "jobs"]],
  ["select note from friend_requests", ["worker", "jobs"]],
  ["select draft from scheduled_messages", ["worker"]],
  ["update scheduled_messages set draft = '{}'", ["worker", "jobs"]],
  ["select count(*) from people where password_hash like '$argon2id%'", ["worker", "jobs"]],
  ["update people set password_hash = 'x'", ["worker", "jobs"]],
  ["select token_hash from sessions", ["worker", "jobs"]],
  ["insert into sessions (person_id, kind, expires_at) values (uuidv7(), 'bearer', now())", ["worker", "jobs"]],
  ["update sessions set expires_at = now() + interval '1 year'", ["worker", "jobs"]],
  ["update ledger_entries set amount = 1", everyRole],
  ["delete from ledger_entries", everyRole],
  ["truncate ledger_entries", everyRole],
  ["select balance from wallets", ["worker"]],
  ["update wallets set balance = 1", ["worker"]],
  ["update wallets set person_id = null", everyRole],
  ["select wallet_transfer('grant', null, uuidv7(), uuidv7(), 1)", ["worker"]],
  ["select open_wallet(uuidv7(), 1000000)", ["worker", "jobs"]],
  ["update red_packet_shares set amount = 1", everyRole],
  ["delete from messages", everyRole],
  ["update messages set sender_id = client_id", everyRole],
  ["delete from messages", everyRole],
  ["delete from message_reactions", ["jobs"]],
  ["update memberships set role = 'owner'", ["worker", "jobs"]],
  ["insert into memberships (conversation_id, person_id) values (uuidv7(), uuidv7())", ["worker", "jobs"]],
  ["select * from community_bans", ["worker", "jobs"]],
  ["select * from presence", ["web", "jobs"]],
  ["insert into oversized_events (event) values ('{}')", ["web", "jobs"]],
  ["drop table people", everyRole],
  ["alter table people disable trigger all", everyRole],
  ["drop function forbid_entry_changes cascade", everyRole],
  ["create table mine (id int)", everyRole],
  ["create temporary table mine (id int)", everyRole],
  ["create function mine() returns int language sql as 'select 1'", everyRole],
  ["create schema mine", everyRole],
  ["create role mine superuser", everyRole],
  ["alter role imchat_web superuser", everyRole],
  ["set role imchat_owner", everyRole],
  ["select * from _prisma_migrations", everyRole],
  ["copy people to program 'true'", everyRole],
  ["select pg_read_file('/etc/passwd')", everyRole],
  ["select * from graphile_worker._private_jobs", ["web", "worker"]],
  ["select graphile_worker.add_job('media:expire-orphans')", ["web", "worker"]],
  ["select add_job_as_owner('media:expire-orphans', '{}', null, null, null, 0, 1)", ["worker"]],
  ["update graphile_worker.migrations set breaking = true", everyRole],
  ["drop schema graphile_worker cascade", everyRole],
];

test.each(hostile.flatMap(([statement, of]) => of.map((role) => [role, statement] as const)))(
  "%s may not: %s",
  async (role, statement) => {
    const refused = await sessions[role].unsafe(statement).then(
      () => "done",
      (error: unknown) => (error instanceof postgres.PostgresError ? error.code : String(error)),
    );
    expect(refused).toBe("42501");
  },
);

test("the owner has no rights beyond its database, and the role of jobs sees every job", async () => {
  const [row] =
    await sessions.owner`select current_setting('is_superuser') as is_super, has_schema_privilege('public', 'create') as may`;
  expect(row).toEqual({ is_super: "off", may: true });
  await sessions.web`select add_job_as_owner('media:expire-orphans', '{}', null, 'from web', null, 0, 1)`;
  const jobs = await sessions.jobs`select key from graphile_worker._private_jobs where key = 'from web'`;
  expect(jobs.map(({ key }) => key)).toEqual(["from web"]);
  const open = await sql()`
    select relname from pg_class where relnamespace = ${queue.schema}::regnamespace and relrowsecurity
      and not exists (select from pg_policy where polrelid = pg_class.oid)`;
  expect([...open]).toEqual([]);
});
