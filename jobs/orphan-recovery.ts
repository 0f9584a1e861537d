import { setTimeout as pause } from "node:timers/promises";
import { openSql, type Sql } from "#server/db/sql.ts";
import { acquireLock, isLockFree, lockedWorkers, unlockJobs } from "#server/jobs/locks.ts";
import { log } from "#server/log.ts";

const lookEvery = 5_000;

/**
 * Unlocks the jobs of a killed process within seconds, so that another process runs them; graphile-worker alone would
 * wait for four hours. Every process holds a lock under its pool's name for as long as it lives, which Postgres lets go
 * when it dies. A name with a free lock twice in a row belongs to a dead process: the first look may be between a
 * start and its lock.
 */
export function startOrphanRecovery(url: string, poolName: string): { close(): Promise<void> } {
  const ended = new AbortController();
  let sql: Sql | undefined;
  const watch = async (): Promise<void> => {
    // One session, because the lock is the session's.
    sql = openSql(url, 1);
    await acquireLock(sql, poolName);
    let suspects = new Set<string>();
    while (!ended.signal.aborted) {
      const free: string[] = [];
      for (const name of await lockedWorkers(sql))
        if (name !== poolName && (await isLockFree(sql, name))) free.push(name);
      const dead = free.filter((name) => suspects.has(name));
      if (dead.length > 0) {
        await unlockJobs(sql, dead);
        log.warn({ dead }, "jobs of a process that died are free again");
      }
      suspects = new Set(free);
      await pause(lookEvery, undefined, { signal: ended.signal });
    }
  };
  const forever = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await watch().catch((error: unknown) => {
        if (!ended.signal.aborted) log.warn({ err: error }, "the watch over other processes' jobs broke; trying again");
      });
      await sql?.end({ timeout: 1 }).catch(() => {});
      await pause(lookEvery, undefined, { signal: ended.signal }).catch(() => {});
    }
  };
  const over = forever();
  return {
    close: async () => {
      ended.abort();
      await over;
    },
  };
}
