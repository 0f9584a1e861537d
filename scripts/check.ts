/**
 * `npm run check`: what to run before each commit, in less than a minute: lint and format, unused code, types, and the
 * tests except the journeys and the files named *.slow.test.ts. Prints and ends like `npm test`.
 */
import { lint, runSteps, types, unused, vitest } from "#scripts/steps.ts";

const fast = vitest("tests", ["--exclude=tests/**/*.slow.test.ts", ...process.argv.slice(2)]);
await runSteps([lint, unused, types, fast]);
