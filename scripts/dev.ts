/**
 * `npm run dev`: like `npm start`, with `next dev` and a worker that restarts when its code changes. Same environment, same
 * ending (run.ts).
 */
import path from "node:path";
import { nextProgram } from "#scripts/build.ts";
import { run } from "#scripts/run.ts";
import { root } from "#scripts/settings.ts";

await run({
  mode: "dev",
  nodeEnv: "development",
  web: ({ port }) => [nextProgram, "dev", "-p", String(port)],
  worker: [path.join(root, "node_modules/tsx/dist/cli.mjs"), "watch", "--clear-screen=false", "realtime/main.ts"],
});
