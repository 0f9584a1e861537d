import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { type Announce, reapWorker, renewLease } from "#server/realtime/presence.ts";

const renewIntervalMs = 3_000;

/**
 * Renews this worker's lease every few seconds, and removes the presence rows of workers with an expired lease. Calls
 * `onLeaseLost` when this worker's own rows were removed meanwhile (the process was frozen, or Postgres crashed), so
 * that they are written again.
 */
export async function maintainLease(
  sql: Sql,
  workerId: string,
  announce: Announce,
  onLeaseLost: () => void,
): Promise<{ close(): Promise<void> }> {
  await renewLease(sql, workerId);
  let busy: Promise<void> | null = null;

  async function round(): Promise<void> {
    try {
      let lease = await renewLease(sql, workerId);
      if (lease === "ended") {
        while (await reapWorker(sql, announce, workerId));
        lease = await renewLease(sql, workerId);
      }
      if (lease === "taken") onLeaseLost();
      while (await reapWorker(sql, announce));
    } catch (error) {
      log.warn({ err: error }, "the lease could not be renewed; trying again");
    }
  }

  const timer = setInterval(() => {
    busy ??= round().finally(() => {
      busy = null;
    });
  }, renewIntervalMs);

  return {
    /** Removes this worker's lease and presence rows. */
    close: async () => {
      clearInterval(timer);
      await busy;
      try {
        while (await reapWorker(sql, announce, workerId));
      } catch (error) {
        log.warn({ err: error }, "the lease could not be released; it will expire");
      }
    },
  };
}
