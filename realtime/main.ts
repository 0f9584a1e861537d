import type { Address } from "#realtime/cluster/front.ts";
import { Primary } from "#realtime/cluster/primary.ts";
import { openPrimaryLink } from "#realtime/cluster/primary-link.ts";
import { readConfig } from "#realtime/config.ts";
import { watchApps } from "#realtime/pusher/apps-file.ts";
import { warningsOf } from "#realtime/pusher/read-apps.ts";
import { readInheritedSocket, reportReady, waitForSuccessor } from "#realtime/supervised.ts";
import { startWorker, type Worker } from "#realtime/worker.ts";
import { isUnavailable } from "#server/db/unavailable.ts";
import { env, readEnv } from "#server/env.ts";
import { log } from "#server/log.ts";

const maxPauseMs = 5_000;
/** A stop that takes longer hangs. */
const stopTimeoutMs = 20_000;

/** Retries while Postgres is unavailable. Any other error ends the process, because waiting would not fix it. */
async function startWithRetry(): Promise<Worker> {
  const config = readConfig();
  for (const warning of warningsOf(config.apps)) log.warn(warning);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await startWorker(config);
    } catch (error) {
      if (!(error instanceof Error) || !isUnavailable(error)) throw error;
      log.warn({ err: error }, "Postgres is unavailable; trying again");
      await new Promise((resolve) => setTimeout(resolve, Math.min(maxPauseMs, 250 * 2 ** attempt)));
    }
  }
}

/**
 * The process that holds the port of several workers. SIGHUP replaces them one after the other; SIGTERM and SIGINT stop
 * all. Exit codes as those of a worker.
 */
async function runPrimary({ workers, ...address }: { workers: number } & Address): Promise<void> {
  const primary = new Primary(workers, address);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopTimeoutMs).unref();
    await waitForSuccessor();
    await primary.stop();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // On Windows it means that the console closes.
  if (process.platform !== "win32") process.on("SIGHUP", () => void primary.restart());
  const port = await primary.start();
  reportReady();
  log.info({ port, workers }, "the workers are ready");
  await primary.failed;
}

/** The worker's process. Exit codes: 0 after a clean stop, 1 when it could not start or crashed. */
async function runWorker(): Promise<void> {
  const starting = startWithRetry();
  let worker: Worker | undefined;
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    if (!worker) process.exit(0);
    // Ends a stop that hangs, for example on a database that does not answer, before the host kills the process.
    setTimeout(() => process.exit(1), stopTimeoutMs).unref();
    await waitForSuccessor();
    await worker.close();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // Without the primary no connection arrives any more.
  if (openPrimaryLink()) process.once("disconnect", stop);
  worker = await starting;
  const running = worker;
  watchApps(env(), (apps) => running.changeApps(apps));
  reportReady();
  log.info({ port: worker.port }, "the worker is ready");
}

async function main(): Promise<void> {
  const { workers, workerPort: port, bindAddress } = readEnv("worker");
  if (workers === 1 || openPrimaryLink()) return runWorker();
  readConfig(); // an error in it is told once, and not by every worker
  return runPrimary({ workers, port, bindAddress, inheritedSocket: readInheritedSocket() });
}

main().catch((error: unknown) => {
  log.fatal({ err: error }, error instanceof Error ? error.message : "the worker could not start");
  process.exit(1);
});
