/**
 * The roles of a database: an owner, who migrates and owns everything in it, and one for each of the three processes,
 * which owns nothing and may do what `prisma/grants.ts` says. None is a superuser or may make roles.
 *
 * `makeRoles` needs a user who may (CREATEROLE, or a superuser); `applyGrants` runs as the owner. Both may run again
 * and again.
 */
import postgres from "postgres";
import { functions, type Grants, queue, type Role, sequences, tables } from "#prisma/grants.ts";
import { hmac } from "#server/realtime/hmac.ts";

export const roles = ["web", "worker", "jobs"] as const satisfies readonly Role[];
export const roleName = (role: Role | "owner") => `imchat_${role}`;

/** Logins and their passwords. A role without a password cannot sign in, but may be granted to a login of your own. */
export type RolePasswords = Record<Role, string | undefined>;

/** The same database as another user. */
export function urlAs(url: string, user: string, password: string): string {
  const other = new URL(url);
  other.username = user;
  other.password = password;
  return other.href;
}

/** For a Postgres of this machine: passwords that follow from its superuser's, and tell nothing about it. */
export function localUrl(adminUrl: string, role: Role | "owner"): string {
  const secret = decodeURIComponent(new URL(adminUrl).password);
  return urlAs(adminUrl, roleName(role), hmac(secret, roleName(role), "base64url"));
}

export function localPasswords(adminUrl: string): RolePasswords {
  const of = (role: Role) => decodeURIComponent(new URL(localUrl(adminUrl, role)).password);
  return { web: of("web"), worker: of("worker"), jobs: of("jobs") };
}

/**
 * Statements without parameters, put together by Postgres itself so that names and passwords are quoted as it wants.
 */
async function run(sql: postgres.ISql, format: string, ...values: string[]): Promise<void> {
  const [row] = await sql<{ statement: string }[]>`select format(${format}, variadic ${values}::text[]) as statement`;
  if (row) await sql.unsafe(row.statement);
}

async function makeRole(sql: postgres.Sql, name: string, password: string | undefined): Promise<void> {
  const [found] = await sql`select from pg_roles where rolname = ${name}`;
  if (!found) await run(sql, "create role %I", name);
  if (password !== undefined) await run(sql, "alter role %I login password %L", name, password);
}

/** Gives the owner what another user made: a database of an earlier version, where the superuser owned everything. */
async function handOver(sql: postgres.Sql, owner: string): Promise<void> {
  const [{ database } = { database: "" }] = await sql<{ database: string }[]>`select current_database() as database`;
  await run(sql, "alter database %I owner to %I", database, owner);
  const things = await sql<{ kind: string; name: string }[]>`
    select 'schema' as kind, quote_ident(nspname) as name, 0 as rank from pg_namespace
    where nspname in ('public', ${queue.schema}) and nspowner <> ${owner}::regrole
    union all
    select case relkind when 'S' then 'sequence' when 'v' then 'view' else 'table' end, c.oid::regclass::text, 1
    from pg_class c where relnamespace in (select oid from pg_namespace where nspname in ('public', ${queue.schema}))
      and relkind in ('r', 'p', 'v', 'S') and relowner <> ${owner}::regrole
      -- A sequence of a column goes with its table.
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i'))
    union all
    select 'routine', p.oid::regprocedure::text, 2 from pg_proc p
    where pronamespace in (select oid from pg_namespace where nspname in ('public', ${queue.schema}))
      and proowner <> ${owner}::regrole
    union all
    select 'type', t.oid::regtype::text, 3 from pg_type t left join pg_class c on c.oid = t.typrelid
    where typnamespace in (select oid from pg_namespace where nspname in ('public', ${queue.schema}))
      and typowner <> ${owner}::regrole and typelem = 0 and (typrelid = 0 or c.relkind = 'c')
    order by rank
  `;
  // Names from Postgres' own catalogue, quoted by it.
  for (const { kind, name } of things) await run(sql, `alter ${kind} ${name.replaceAll("%", "%%")} owner to %I`, owner);
}

/**
 * Makes what is missing of the roles and sets their passwords, as `adminUrl`. With `ownerUrl` of another user, that one
 * too, and everything in the database becomes its own.
 */
export async function makeRoles(adminUrl: string, ownerUrl: string, passwords: RolePasswords): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    for (const role of roles) await makeRole(sql, roleName(role), passwords[role]);
    const owner = new URL(ownerUrl);
    if (owner.username === new URL(adminUrl).username) return;
    const name = decodeURIComponent(owner.username);
    await makeRole(sql, name, decodeURIComponent(owner.password));
    await handOver(sql, name);
  } finally {
    await sql.end();
  }
}

const granted = (kind: string, grants: Grants) =>
  Object.entries(grants).flatMap(([name, of]) =>
    roles.flatMap((role) => (of[role] ? [`grant ${of[role]} on ${kind} ${name} to ${roleName(role)}`] : [])),
  );

const everyone = roles.map(roleName).join(", ");

/** What is said in `prisma/grants.ts`, after everything was taken away. */
function statements(): string[] {
  const inQueue = roleName(queue.role);
  return [
    "revoke create on schema public from public",
    `grant usage on schema public to ${everyone}`,
    ...granted("table", tables),
    ...granted("sequence", sequences),
    ...granted("routine", functions),
    `revoke all on schema ${queue.schema} from public, ${everyone}`,
    `grant usage on schema ${queue.schema} to ${inQueue}`,
    `grant select, insert, update, delete on all tables in schema ${queue.schema} to ${inQueue}`,
    `revoke insert, update, delete on table ${queue.schema}.migrations from ${inQueue}`,
    `grant usage on all sequences in schema ${queue.schema} to ${inQueue}`,
  ];
}

/** Of the owner's own things alone: an extension that the operator installed beside them is theirs. */
async function takeAway(tx: postgres.ISql): Promise<void> {
  const things = await tx<{ kind: string; name: string }[]>`
    select case relkind when 'S' then 'sequence' else 'table' end as kind, oid::regclass::text as name
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
      and pg_has_role(relowner, 'usage')
    union all
    select 'routine', oid::regprocedure::text from pg_proc
    where pronamespace = 'public'::regnamespace and pg_has_role(proowner, 'usage')`;
  for (const { kind, name } of things) await tx.unsafe(`revoke all on ${kind} ${name} from public, ${everyone}`);
}

/** The library closes its tables to everyone but their owner; a policy opens them to the one role. */
async function openQueue(tx: postgres.ISql): Promise<void> {
  const closed = await tx<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace = ${queue.schema}::regnamespace and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'imchat')`;
  for (const { name } of closed) {
    await tx.unsafe(`create policy imchat on ${name} to ${roleName(queue.role)} using (true) with check (true)`);
  }
}

/** False when the roles are not there: then one user does everything. */
export async function applyGrants(ownerUrl: string): Promise<boolean> {
  const sql = postgres(ownerUrl, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const found = await sql`select from pg_roles where rolname = any(${roles.map(roleName)})`;
    if (found.length < roles.length) return false;
    await sql.begin(async (tx) => {
      // Two deployments at once would change the same rows of the catalogue.
      await tx`select pg_advisory_xact_lock(1768776550)`;
      await run(tx, "revoke create, temporary on database %I from public", new URL(ownerUrl).pathname.slice(1));
      await takeAway(tx);
      for (const statement of statements()) await tx.unsafe(statement);
      await openQueue(tx);
    });
    return true;
  } finally {
    await sql.end();
  }
}
