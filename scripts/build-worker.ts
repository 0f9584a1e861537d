/** Builds the two workers into a file each, for a host of their own. Run: `npm run build:worker`. No input. */
import { bundleJobs, bundleWorker, jobsFile, workerFile } from "#scripts/build.ts";

await Promise.all([bundleWorker(), bundleJobs()]);
console.log(`Built ${workerFile} and ${jobsFile}`);
