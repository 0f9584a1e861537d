import type { Tx } from "#server/db/sql.ts";

const lockSpace = 1_768_776_549;

/** Until this session ends. */
export async function acquireLock(tx: Tx, name: string): Promise<void> {
  await tx`select pg_advisory_lock(${lockSpace}, hashtext(${name}))`;
}

/** True when no living session holds it. */
export async function isLockFree(tx: Tx, name: string): Promise<boolean> {
  const [row] = await tx<{ mine: boolean }[]>`select pg_try_advisory_lock(${lockSpace}, hashtext(${name})) as mine`;
  if (!row?.mine) return false;
  await tx`select pg_advisory_unlock(${lockSpace}, hashtext(${name}))`;
  return true;
}

/** Who has jobs under way, by name. */
export async function lockedWorkers(tx: Tx): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    select distinct locked_by as name from graphile_worker._private_jobs where locked_by is not null
  `;
  return rows.map(({ name }) => name);
}

export async function unlockJobs(tx: Tx, names: readonly string[]): Promise<void> {
  await tx`select graphile_worker.force_unlock_workers(${names as string[]}::text[])`;
}
