/**
 * `npm run fuzz:media`: damaged files of every container that is accepted, each of which must end in a verdict within
 * the deadline: taken, refused, or its process killed. Some ten minutes.
 *
 * Options: --files 10000 --seed 42 --deadline 5000 (milliseconds). The seed is printed; the same seed makes the same
 * files again. Exit code 1 when a file ended in none.
 */
import { parseArgs } from "node:util";
import { fuzzMedia } from "#tests/fuzz/_media.ts";

const { values } = parseArgs({
  options: { files: { type: "string" }, seed: { type: "string" }, deadline: { type: "string" } },
});
const files = Number(values.files ?? 10_000);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
const deadlineMs = Number(values.deadline ?? 5_000);
if (![files, seed, deadlineMs].every((number) => Number.isSafeInteger(number) && number >= 0)) {
  throw new Error("--files, --seed and --deadline are whole numbers.");
}
console.log(`Seed ${seed}: ${files} damaged files, ${deadlineMs} ms each at most.`);
const onFile = (done: number) => done % 500 === 0 && console.log(`  ${done} …`);
const { verdicts, faults, slowestMs } = await fuzzMedia({ seed, files, deadlineMs, onFile });
for (const [name, count] of Object.entries(verdicts)) console.log(`${name.padEnd(20)} ${count}`);
console.log(`The slowest took ${Math.round(slowestMs)} ms.`);
for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
