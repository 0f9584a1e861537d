/** Builds the worker into one file, `dist/worker.mjs`, for a host of its own. Run: `npm run build:worker`. No input. */
import { bundleWorker, workerFile } from "#scripts/build.ts";

await bundleWorker();
console.log(`Built ${workerFile}`);
