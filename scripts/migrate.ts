/**
 * Applies prisma/migrations to a database, as `prisma migrate deploy` would: the same table, the same checksums, the
 * same lock, so either may be used at any time. It needs neither Prisma's command line nor its engine.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { installJobs } from "#jobs/install.ts";

/** The advisory lock of Prisma's own engine: two deployments at once queue up, whichever program they use. */
const prismaLock = 72707369;
const lockPatience = "60s";

const migrationsDirectory = path.resolve(import.meta.dirname, "../prisma/migrations");

type Migration = { name: string; sql: string; checksum: string; accepted: Set<string> };
type Applied = { migration_name: string; checksum: string; finished_at: Date | null };

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");

function readMigrations(directory: string): Migration[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => existsSync(path.join(directory, name, "migration.sql")))
    .sort()
    .map((name) => {
      const bytes = readFileSync(path.join(directory, name, "migration.sql"));
      const sql = bytes.toString("utf8");
      // A checkout on Windows may have other line ends; the migration is the same one.
      const unix = sql.replaceAll("\r\n", "\n");
      const accepted = new Set([sha256(bytes), sha256(unix), sha256(unix.replaceAll("\n", "\r\n"))]);
      return { name, sql, checksum: sha256(bytes), accepted };
    });
}

async function readApplied(sql: postgres.Sql): Promise<Applied[]> {
  const [table] = await sql`select to_regclass('_prisma_migrations') as name`;
  if (!table?.name) return [];
  return sql<Applied[]>`
    select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null`;
}

function pendingOf(migrations: Migration[], applied: Applied[]): Migration[] {
  const unfinished = applied.find((row) => row.finished_at === null);
  if (unfinished) {
    throw new Error(
      `The migration ${unfinished.migration_name} failed half-way earlier. Repair the database, then run ` +
        `"npx prisma migrate resolve --rolled-back ${unfinished.migration_name}" (or --applied) and try again.`,
    );
  }
  return migrations.filter((migration) => {
    const row = applied.find((entry) => entry.migration_name === migration.name);
    if (row && !migration.accepted.has(row.checksum)) {
      throw new Error(
        `The migration ${migration.name} was edited after it had been applied. ` +
          "Put its file back as it was and write the change as a new migration (npm run db:migrate). " +
          "If nothing in this database matters: stop IMChat and delete .data/postgres and .data/postgres.json.",
      );
    }
    return row === undefined;
  });
}

async function createTable(sql: postgres.Sql): Promise<void> {
  await sql`
    create table if not exists _prisma_migrations (
      id                  varchar(36) primary key not null,
      checksum            varchar(64) not null,
      finished_at         timestamptz,
      migration_name      varchar(255) not null,
      logs                text,
      rolled_back_at      timestamptz,
      started_at          timestamptz not null default now(),
      applied_steps_count integer not null default 0
    )`;
}

async function apply(sql: postgres.Sql, migration: Migration): Promise<void> {
  await sql
    .begin(async (tx) => {
      await tx.unsafe(migration.sql).simple();
      await tx`
        insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
        values (${randomUUID()}, ${migration.checksum}, now(), ${migration.name}, 1)`;
    })
    .catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The migration ${migration.name} failed and was undone: ${reason}`, { cause: error });
    });
}

function connect(url: string): postgres.Sql {
  return postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
}

/** The names of the migrations that are not applied yet. Throws what `migrate` would. */
export async function pendingMigrations(url: string, directory = migrationsDirectory): Promise<string[]> {
  const sql = connect(url);
  try {
    return pendingOf(readMigrations(directory), await readApplied(sql)).map(({ name }) => name);
  } finally {
    await sql.end();
  }
}

/** Applies what is missing, one transaction per migration, and returns the names. With ours, the queue of jobs. */
export async function migrate(url: string, directory = migrationsDirectory): Promise<string[]> {
  const sql = connect(url);
  try {
    // One connection, so the lock, the settings and the transactions below share a session. It ends with the session.
    await sql`select set_config('lock_timeout', ${lockPatience}, false)`;
    await sql`select pg_advisory_lock(${prismaLock})`;
    await sql`select set_config('lock_timeout', '0', false)`;
    await createTable(sql);
    const pending = pendingOf(readMigrations(directory), await readApplied(sql));
    for (const migration of pending) await apply(sql, migration);
    if (directory === migrationsDirectory) await installJobs(url);
    return pending.map(({ name }) => name);
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "55P03") {
      throw new Error(`Another migration has been running for ${lockPatience}. Try again when it is done.`);
    }
    throw error;
  } finally {
    await sql.end();
  }
}
