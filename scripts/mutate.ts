/**
 * `npm run mutate [-- area …]`: changes one thing at a time in the files of an area (mutation-areas.ts) and runs the
 * area's tests against each change. A change that no test notices has survived: it is printed, and shows a test that is
 * missing or code that nothing needs. Without an area: all of them, those that need Postgres last, which takes hours.
 *
 * Options: --concurrency 2 (changes tried at once). Each area's whole report is in .data/mutation/<area>.json. Exit code
 * 1 when an area has fewer than 85 % of its changes noticed. A change that loops for ever is ended after some seconds
 * and counts as noticed; one that eats memory ends its process, which has 1 GB. What is the same for all areas is in
 * stryker.config.json, without its `tsconfigFile`: TypeScript 7 has no interface that could rewrite one.
 */
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { type MutationArea, mutationAreas } from "#scripts/mutation-areas.ts";

const goalPercent = 85;
const reports = ".data/mutation";

const { values, positionals } = parseArgs({
  options: { concurrency: { type: "string", default: "2" } },
  allowPositionals: true,
});
const concurrency = Number(values.concurrency);
if (!Number.isSafeInteger(concurrency) || concurrency < 1) throw new Error("--concurrency is a whole number above 0.");
const unknown = positionals.filter((name) => !Object.hasOwn(mutationAreas, name));
if (unknown.length > 0) {
  throw new Error(`No area is called ${unknown.join(", ")}. There are: ${Object.keys(mutationAreas).join(", ")}.`);
}

/** Resolves with the status of every change, for example "Killed". */
async function mutate(name: string, { mutate, tests, database }: MutationArea): Promise<string[]> {
  // Read by vitest.mutation.config.ts, in the processes that run the tests.
  process.env.MUTATION_TESTS = JSON.stringify({ include: tests, database: database === true });
  const results = await new Stryker({
    mutate,
    concurrency,
    reporters: ["clear-text", "json"],
    jsonReporter: { fileName: `${reports}/${name}.json` },
  }).runMutationTest();
  return results.map(({ status }) => status);
}

mkdirSync(reports, { recursive: true });
const lines = ["area             changes  killed  broken  timeout  survived  uncovered  noticed"];
let below = false;
for (const [name, area] of Object.entries(mutationAreas)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n── ${name} ──`);
  const started = Date.now();
  const statuses = await mutate(name, area);
  const count = (...wanted: string[]) => statuses.filter((status) => wanted.includes(status)).length;
  // Broken: the code does not load, or fails outside of a test.
  const [killed, broken, timeout] = [count("Killed"), count("RuntimeError"), count("Timeout")];
  const [survived, uncovered] = [count("Survived"), count("NoCoverage")];
  const noticed = killed + broken + timeout;
  const total = noticed + survived + uncovered;
  const percent = (100 * noticed) / total;
  below ||= !(percent >= goalPercent);
  const numbers = [total, killed, broken, timeout, survived, uncovered].map((number, at) =>
    String(number).padStart([7, 6, 6, 7, 8, 9][at] ?? 0),
  );
  const seconds = Math.round((Date.now() - started) / 1_000);
  lines.push(`${name.padEnd(15)}  ${numbers.join("  ")}  ${`${percent.toFixed(1)} %`.padStart(7)}  (${seconds} s)`);
}
console.log(`\n${lines.join("\n")}`);
process.exit(below ? 1 : 0);
