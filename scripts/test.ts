/**
 * `npm test`: everything that can be known about this checkout: lint and format, unused code, types, the tests against a
 * real Postgres, the production build, each scenario of the bench, and the journeys of people in real browsers against
 * it. Needs nothing running.
 *
 * `npm test -- <step> [filter …]` runs one step (lint, unused, types, tests, long, chaos, build, bench, journeys); filters
 * go to Vitest, Playwright or chaos. The last line says "N passed, N failed": lint, unused, types, chaos, build and bench
 * count as one each. Exit code 1 when anything failed, or when a step found nothing to run.
 */
import { buildIfNeeded } from "#scripts/build.ts";
import { bench, chaos, lint, playwright, runSteps, type Step, types, unused, vitest } from "#scripts/steps.ts";

const [wanted, ...filters] = process.argv.slice(2);

let buildFailed = false;

const build: Step = {
  name: "build",
  run: async () => {
    buildFailed = true;
    const built = await buildIfNeeded({});
    buildFailed = false;
    if (!built) console.log("The last build is current.");
    return { passed: 1, failed: 0 };
  },
};

const inBrowsers = playwright("journeys", filters);
const journeys: Step = {
  name: inBrowsers.name,
  run: async () => {
    if (!buildFailed) return inBrowsers.run();
    console.log("There is no build to travel through.");
    return { passed: 0, failed: 1 };
  },
};

// The long ones want both cores: beside them, tests that wait for something would only wait longer.
const short = vitest("tests", ["--exclude=tests/**/*.slow.test.ts", ...filters]);
const long = vitest("long", [".slow.test.ts", ...filters]);
const all: Step[] = [lint, unused, types, short, long, chaos(filters), build, bench, journeys];
const chosen = wanted === undefined ? all : all.filter(({ name }) => name === wanted);
if (chosen.length === 0) {
  console.error(`There is no step "${wanted}". The steps are: ${all.map(({ name }) => name).join(", ")}.`);
  process.exit(1);
}
await runSteps(chosen);
