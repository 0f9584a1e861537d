/**
 * `npm run dev`: like `npm start`, with `next dev`, and a single worker and a jobs process that restart when their code changes. Same environment,
 * same ending (run.ts).
 */
import path from "node:path";
import { nextProgram } from "#scripts/build.ts";
import { run } from "#scripts/run.ts";
import { root } from "#scripts/settings.ts";

const watched = (entry: string) => [
  path.join(root, "node_modules/tsx/dist/cli.mjs"),
  "watch",
  "--clear-screen=false",
  entry,
];

await run({
  mode: "dev",
  nodeEnv: "development",
  web: ({ port, bindAddress }) => [nextProgram, "dev", "-p", String(port), "-H", bindAddress],
  worker: watched("realtime/main.ts"),
  jobs: watched("jobs/main.ts"),
});
