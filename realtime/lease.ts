import { log, type Sql } from "#server/live/database.ts";
import { type Announce, buryWorker, renewLease } from "#server/live/places.ts";

const renewEvery = 3_000;

/**
 * Says every few seconds that this worker lives, and takes away the places of those that no longer do. `onLost` when
 * our own part was taken away meanwhile (this process was frozen, or Postgres crashed): it has to be written again.
 */
export async function holdLease(
  sql: Sql,
  workerId: string,
  announce: Announce,
  onLost: () => void,
): Promise<{ close(): Promise<void> }> {
  await renewLease(sql, workerId);
  let busy: Promise<void> | null = null;

  async function round(): Promise<void> {
    try {
      let lease = await renewLease(sql, workerId);
      if (lease === "ended") {
        while (await buryWorker(sql, announce, workerId));
        lease = await renewLease(sql, workerId);
      }
      if (lease === "taken") onLost();
      while (await buryWorker(sql, announce));
    } catch (error) {
      log.warn({ err: error }, "the lease could not be renewed; trying again");
    }
  }

  const timer = setInterval(() => {
    busy ??= round().finally(() => {
      busy = null;
    });
  }, renewEvery);

  return {
    /** Nothing of this worker stays behind. */
    close: async () => {
      clearInterval(timer);
      await busy;
      try {
        while (await buryWorker(sql, announce, workerId));
      } catch (error) {
        log.warn({ err: error }, "the lease could not be given back; it ends by itself");
      }
    },
  };
}
