/**
 * `npm run chaos`: a few hundred devices write to each other over two servers and two workers while everything is
 * killed, stopped, cut and delayed, one fault after the other; then an oracle reads all the logs (docs/chaos.md).
 *
 * Options: --messages 100000 --faults 60 --seed 42 (or random) --size short --out docs/measured --keep. The seed is
 * printed; the same seed draws the same faults again. Exit code 1 when the oracle finds anything.
 */
import { readOptions } from "#tests/chaos/options.ts";
import { runChaos } from "#tests/chaos/run.ts";
import { printResult, writeResult } from "#tests/chaos/summary.ts";

const options = readOptions(process.argv.slice(2));
console.log(`Seed ${options.seed}: at least ${options.messages} messages and ${options.faults} faults.`);
const result = await runChaos(options);
printResult(options, result);
if (options.out) writeResult(options, result, options.out);
process.exit(Object.keys(result.verdict.violations).length === 0 ? 0 : 1);
