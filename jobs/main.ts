import { setTimeout as pause } from "node:timers/promises";
import { startHttp } from "#jobs/http.ts";
import { startRunner } from "#jobs/runner.ts";
import { startIndexing } from "#jobs/search.ts";
import { closeSql, sql } from "#server/db/sql.ts";
import { readEnv } from "#server/env.ts";
import { addJob } from "#server/jobs/add-job.ts";
import { log } from "#server/log.ts";

const longestPause = 5_000;

/** A Postgres that is away at the start comes back; so do the tables of a database that is being migrated. */
async function startPatiently(databaseUrl: string): Promise<() => Promise<void>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const runner = await startRunner(databaseUrl);
      return () => runner.stop();
    } catch (error) {
      if (attempt >= 60) throw error;
      log.warn({ err: error }, "the jobs cannot be run yet; trying again");
      await pause(Math.min(longestPause, 250 * 2 ** attempt));
    }
  }
}

/**
 * The second worker: work that takes time, and the bytes of files. A process of its own, because it opens what strangers
 * send, and whatever that does to it must not touch the path of messages (decision 0009). Exit codes as of the worker.
 */
async function main(): Promise<void> {
  // What it writes is for no other user of the machine.
  process.umask(0o077);
  const { jobsPort, bindAddress, databaseUrlDirect } = readEnv("jobs");
  let ready = false;
  const http = await startHttp(jobsPort, () => ready, bindAddress);
  const starting = startPatiently(databaseUrlDirect);
  let stopRunner: (() => Promise<void>) | undefined;
  let indexing: { close(): Promise<void> } | undefined;
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    if (!stopRunner) process.exit(0);
    setTimeout(() => process.exit(1), 20_000).unref();
    await Promise.all([http.close(), stopRunner(), indexing?.close()]);
    await closeSql();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  stopRunner = await starting;
  // A job, so that it is tried again where storage is away. The key: however many processes start, it waits once.
  await addJob(sql(), "stickers:install-builtin", {}, { key: "stickers:install-builtin" });
  indexing = startIndexing();
  ready = true;
  log.info({ port: http.port }, "jobs are run and files are served");
}

main().catch((error: unknown) => {
  log.fatal({ err: error }, error instanceof Error ? error.message : "the jobs process could not start");
  process.exit(1);
});
