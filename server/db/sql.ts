import postgres from "postgres";
import { isQueueFull, outboxOnly } from "#server/bus/publish.ts";
import { insideTransaction, refuseInsideTransaction } from "#server/db/one-connection.ts";
import { env } from "#server/env.ts";

/** What store functions take first: the pool for a single read, or the transaction that the operation opened. */
export type Tx = postgres.ISql;
export type Sql = postgres.Sql;

const kept = globalThis as { imchatSql?: Sql };

/** Work that takes longer than this is stuck; the limits are the session's, so a pooler must not be in between. */
const timeouts = { statement_timeout: 10_000, idle_in_transaction_session_timeout: 15_000 };

/**
 * A statement that is prepared while tables are small keeps its plan as they grow, until Postgres gathers statistics
 * again. Every statement of the product finds its rows by an index, so sessions leave out the plans that are good for
 * small tables alone: reading all of one, and joining it with rows that are kept aside. tests/plans/ looks at each.
 */
export const planning = {
  enable_seqscan: "off",
  enable_mergejoin: "off",
  enable_hashjoin: "off",
  enable_material: "off",
} as const;

/**
 * Opens a pool. Columns arrive in camelCase; the keys inside JSON stay as they were written. Through a transaction
 * pooler (`direct: false`) each transaction may meet another backend: nothing is prepared, and no session settings are
 * asked for, which poolers refuse.
 */
export function openSql(url: string, max: number, direct = true): Sql {
  return postgres(url, {
    max,
    prepare: direct,
    connect_timeout: 5,
    idle_timeout: 30,
    onnotice: () => {},
    connection: { application_name: "imchat", ...(direct ? { ...timeouts, ...planning } : {}) },
    transform: { column: { from: postgres.toCamel } },
  });
}

/** A DATABASE_URL that differs from DATABASE_URL_DIRECT leads through a pooler. */
export const isDirect = () => env().databaseUrl === env().databaseUrlDirect;

/** This process's pool, opened at the first use. Throws inside a transaction: pass its `tx` on instead. */
export function sql(): Sql {
  refuseInsideTransaction("sql()");
  return pool();
}

function pool(): Sql {
  kept.imchatSql ??= openSql(env().databaseUrl, 10, isDirect());
  return kept.imchatSql;
}

export async function closeSql(): Promise<void> {
  const open = kept.imchatSql;
  kept.imchatSql = undefined;
  await open?.end({ timeout: 2 });
}

/** Two operations met in the wrong order: nothing was written, so the same work may run again. */
const collisions = new Set(["40P01", "40001"]);

/** What Postgres broke off so that others could go on did nothing, and may be done again, twice at most. */
async function withRetry<T>(attempt: () => Promise<T>, retries = 2): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (retries === 0 || !(error instanceof postgres.PostgresError) || !collisions.has(error.code)) throw error;
    return withRetry(attempt, retries - 1);
  }
}

/**
 * One transaction; everything inside reads its own writes and leaves together. After a deadlock or a serialization
 * failure the work runs again, twice at most, so it must touch nothing but the database; and once more without NOTIFY
 * when Postgres had no room for that.
 */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const begin = () => sql().begin((tx) => insideTransaction(() => work(tx))) as Promise<T>;
  return withRetry(async () => {
    try {
      return await begin();
    } catch (error) {
      if (!isQueueFull(error)) throw error;
      return outboxOnly(begin);
    }
  });
}

/** One statement that writes, which is a transaction by itself; again after a deadlock. */
export const statement = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withRetry(() => work(sql()));

/** Several reads that must agree with each other: one snapshot, nothing written. */
export function snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return sql().begin("isolation level repeatable read read only", (tx) =>
    insideTransaction(() => work(tx)),
  ) as Promise<T>;
}

/** Classes 22 and 23: Postgres understood the statement and refuses a value in it. Anything else concerns all of it. */
export function isDataError(error: unknown): boolean {
  return error instanceof postgres.PostgresError && /^2[23]/.test(error.code);
}

/** True when Postgres refused a row because what it points to is not there. */
export function isForeignKeyViolation(error: unknown, constraint: string): boolean {
  return error instanceof postgres.PostgresError && error.code === "23503" && error.constraint_name === constraint;
}

/** True when a statement waited for a lock as long as it may. */
export const isLockTimeout = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && error.code === "55P03";
