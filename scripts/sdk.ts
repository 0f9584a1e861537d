/**
 * `npm run test:sdk [-- python go java]`: the stock Pusher SDKs of other languages against our worker
 * (tests/sdk/run.ts).
 */
import { runSdks } from "#tests/sdk/run.ts";

process.exitCode = (await runSdks(process.argv.slice(2))) ? 0 : 1;
