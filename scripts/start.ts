/**
 * `npm start`: the whole messenger, as in production, on this machine. Environment: BIND_ADDRESS, PORT, WORKER_PORT,
 * JOBS_PORT, DATABASE_URL and whatever server/env.ts reads; `.env` is read too. Builds once after a change. run.ts says
 * how it behaves and ends.
 */
import { buildIfNeeded, jobsFile, nextProgram, workerFile } from "#scripts/build.ts";
import { run } from "#scripts/run.ts";

await run({
  mode: "start",
  nodeEnv: "production",
  web: ({ port, bindAddress }) => [nextProgram, "start", "-p", String(port), "-H", bindAddress],
  worker: ["--enable-source-maps", workerFile],
  jobs: ["--enable-source-maps", jobsFile],
  prepare: buildIfNeeded,
});
