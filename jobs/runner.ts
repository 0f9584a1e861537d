import { EventEmitter } from "node:events";
import { Logger, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { Pool } from "pg";
import { jobs, type Task } from "#contracts/jobs.ts";
import { startOrphanRecovery } from "#jobs/orphan-recovery.ts";
import { closeSandbox } from "#jobs/sandbox/pool.ts";
import { tasks } from "#jobs/tasks.ts";
import { sql } from "#server/db/sql.ts";
import { unlockJobs } from "#server/jobs/locks.ts";
import { log } from "#server/log.ts";

/** At once in one process; looking into pictures and films is what they do, and each of those may use a core. */
const concurrency = 2;
/** Whatever is not done by then hangs: it is given up, and another try may fare better. */
const longest = 5 * 60_000;

/** Says only what is wrong, in one line: what comes along holds whole connections. What a task did, it says itself. */
const quiet = new Logger(() => (level, message) => {
  if (level === "error" || level === "warning") log.warn({ said: message }, "the queue of jobs");
});

function listOf(): TaskList {
  return Object.fromEntries(
    Object.keys(jobs).map((name) => [
      name,
      async (payload: unknown) => {
        const task = name as Task; // the keys of this very table
        await withinTime(work(task, payload)).catch((error: unknown) => {
          log.warn({ err: error, task }, "a job failed; it is tried again");
          throw error;
        });
      },
    ]),
  );
}

async function work<T extends Task>(task: T, payload: unknown): Promise<void> {
  const began = performance.now();
  // What was written by an older server may not be understood; it fails, is tried again, and stays to be looked at.
  const told = jobs[task].parse(payload) as Parameters<(typeof tasks)[T]>[0]; // the schema of this task
  await tasks[task](told);
  log.debug({ task, ms: Math.round(performance.now() - began) }, "a job is done");
}

function withinTime(work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the job took too long")), longest);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Ours, because graphile-worker 0.17 ends a pool of its own without waiting for the statements under way. */
function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 10, application_name: "imchat jobs" });
  // A connection that dies is replaced; without a listener the event would end the process.
  const note = (error: Error) => log.warn({ err: error }, "a connection of the queue of jobs was lost");
  pool.on("error", note);
  pool.on("connect", (client) => client.on("error", note));
  return pool;
}

/** Runs jobs until it is stopped; those under way are finished first. Listens, so that a new one begins at once. */
export async function startRunner(connectionString: string): Promise<{ stop(): Promise<void> }> {
  const events: WorkerEvents = new EventEmitter();
  const named = new Promise<string>((resolve) =>
    events.once("pool:create", ({ workerPool }) => resolve(workerPool.id)),
  );
  const pool = openPool(connectionString);
  const runner = await run({
    pgPool: pool,
    events,
    concurrency,
    // A notification that was lost costs so long.
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: quiet,
    taskList: listOf(),
    // Every hour, a few minutes after it, when less else begins; once a day all that is stored is gone through.
    crontab: "7 * * * * media:expire-orphans\n37 4 * * * media:gc-storage",
  }).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const name = await named;
  const rescue = startOrphanRecovery(connectionString, name);
  return {
    stop: async () => {
      await runner.stop();
      // A statement that takes the next job may still be under way: it commits before the pool has ended.
      await pool.end();
      closeSandbox();
      await rescue.close();
      await unlockJobs(sql(), [name]);
    },
  };
}
