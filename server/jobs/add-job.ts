import type { JobOf, Task } from "#contracts/jobs.ts";
import type { Tx } from "#server/db/sql.ts";

export type JobOptions = {
  /** Not before; at once unless said. */
  runAt?: Date;
  /** At most one job waits under a key; a second one replaces it. */
  key?: string;
  /** Jobs of one queue run one after the other: what one person asks for takes one place at a time. */
  queue?: string;
  /** A lower one runs first; 0 unless said. */
  priority?: number;
  /** How often it is tried, with growing pauses, before it is given up. */
  attempts?: number;
};

/** The call alone, for a statement that finds out itself whether there is work to ask for. */
export const jobCall = <T extends Task>(tx: Tx, task: T, payload: JobOf<T>, options: JobOptions = {}) =>
  tx`add_job_as_owner(${task}, ${tx.json(payload)}::json,
    p_run_at => ${options.runAt ?? null}::timestamptz, p_key => ${options.key ?? null}::text,
    p_queue => ${options.queue ?? null}::text, p_priority => ${options.priority ?? 0}::int,
    p_attempts => ${options.attempts ?? 8}::int)`;

/**
 * Enqueues a job that runs after this transaction commits; a rollback drops it. The function
 * calls graphile-worker with the rights of its owner; its tables are installed with our migrations.
 */
export async function addJob<T extends Task>(
  tx: Tx,
  task: T,
  payload: JobOf<T>,
  options: JobOptions = {},
): Promise<void> {
  await tx`select from ${jobCall(tx, task, payload, options)}`;
}
