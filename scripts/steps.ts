/** The steps of `npm test` and `npm run check`: run one after the other, shown as they go, counted at the end. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { dataDirectory } from "#scripts/settings.ts";
import { exitOf, spawnWatched } from "#scripts/watched-child.ts";

type Outcome = { passed: number; failed: number; skipped?: number };
export type Step = { name: string; run: () => Promise<Outcome> };

const results = path.join(dataDirectory, "results");

/** Runs a program of node_modules with its output shown; gives its exit code. */
function execute(args: string[], environment: Record<string, string> = {}): Promise<number> {
  return exitOf(spawnWatched({ args, environment, output: "inherit" }));
}

const asOutcome = (code: number): Outcome => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** What a test runner wrote about itself; a run that failed without a failed test, or ran nothing, has failed once. */
function judged(code: number, file: string, read: (report: unknown) => Outcome): Outcome {
  const outcome = existsSync(file) ? read(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 0 };
  if (outcome.failed > 0) return outcome;
  if (outcome.passed === 0) console.log("No test was run.");
  return code === 0 && outcome.passed > 0 ? outcome : { ...outcome, failed: 1 };
}

function reportFile(name: string): string {
  const file = path.join(results, name);
  mkdirSync(results, { recursive: true });
  rmSync(file, { force: true });
  return file;
}

export const lint: Step = {
  name: "lint",
  run: async () => asOutcome(await execute(["node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "."])),
};

/** Files, exports and packages that nothing uses (knip.jsonc). */
export const unused: Step = {
  name: "unused",
  run: async () => {
    const command = ["node_modules/knip/bin/knip.js", "--no-progress", "--treat-config-hints-as-errors"];
    return asOutcome(await execute(command));
  },
};

export const types: Step = {
  name: "types",
  run: async () => {
    // Next writes the types of its own (styles, routes) into files that a fresh checkout does not have.
    const generated = await execute(["node_modules/next/dist/bin/next", "typegen"], { NEXT_TELEMETRY_DISABLED: "1" });
    if (generated !== 0) return asOutcome(generated);
    return asOutcome(await execute(["node_modules/typescript/bin/tsc", "-p", "tsconfig.check.json"]));
  },
};

/** The short size of `npm run chaos`; its own last lines say what was checked. */
export function chaos(args: string[]): Step {
  const command = ["--import", "tsx", "scripts/chaos.ts", "--size", "short", ...args];
  return { name: "chaos", run: async () => asOutcome(await execute(command)) };
}

/** Every scenario of `npm run bench` for a moment: it runs, and nothing is said of its figures. */
export const bench: Step = {
  name: "bench",
  run: async () => {
    if (process.platform !== "linux") return { passed: 0, failed: 0, skipped: 1 };
    return asOutcome(await execute(["--import", "tsx", "scripts/bench.ts", "--smoke"]));
  },
};

type VitestReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number };

export function vitest(name: string, args: string[]): Step {
  return {
    name,
    run: async () => {
      const file = reportFile("vitest.json");
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
      const code = await execute(["node_modules/vitest/vitest.mjs", "run", ...reporters, ...args]);
      return judged(code, file, (report) => {
        const { numPassedTests, numFailedTests, numPendingTests } = report as VitestReport;
        return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
      });
    },
  };
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

export function playwright(name: string, args: string[]): Step {
  return {
    name,
    run: async () => {
      const file = reportFile("playwright.json");
      const code = await execute(["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json", ...args], {
        PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      });
      return judged(code, file, (report) => {
        const { expected, unexpected, flaky, skipped } = (report as PlaywrightReport).stats;
        return { passed: expected, failed: unexpected + flaky, skipped };
      });
    },
  };
}

/** Runs the steps, prints the sum as the last line, and ends the process: exit code 1 when anything failed. */
export async function runSteps(steps: Step[]): Promise<never> {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  for (const [index, step] of steps.entries()) {
    console.log(`\n── ${index + 1}/${steps.length} ${step.name} ──`);
    const started = Date.now();
    const {
      passed,
      failed,
      skipped = 0,
    } = await step.run().catch((error: unknown): Outcome => {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    lines.push(
      `${failed === 0 ? "ok    " : "FAILED"} ${step.name.padEnd(9)} ${passed} passed, ${failed} failed  (${seconds} s)`,
    );
    console.log(lines.at(-1));
  }
  console.log(`\n${lines.join("\n")}`);
  if (sum.skipped > 0) console.log(`${sum.skipped} skipped`);
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  process.exit(sum.failed === 0 ? 0 : 1);
}
