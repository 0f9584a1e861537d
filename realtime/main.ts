import { readConfig } from "#realtime/config.ts";
import { startWorker } from "#realtime/worker.ts";
import { log } from "#server/live/database.ts";

/** The worker as a process. Exit codes: 0 after a clean stop, 1 when it could not start or broke. */
async function main(): Promise<void> {
  const worker = await startWorker(readConfig());
  log.info({ port: worker.port }, "the worker is ready");
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    // A stop that hangs (a database that never answers) ends by force before a host would do it.
    setTimeout(() => process.exit(1), 20_000).unref();
    await worker.close();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: unknown) => {
  log.fatal({ err: error }, error instanceof Error ? error.message : "the worker could not start");
  process.exit(1);
});
