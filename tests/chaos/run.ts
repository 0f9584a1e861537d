/** One run from the first process to the oracle's word. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "#scripts/settings.ts";
import { closeDatabase } from "#tests/_people.ts";
import { type Broken, Driver } from "#tests/chaos/driver.ts";
import { keepVersions } from "#tests/chaos/dump.ts";
import { createFixtures, type Fixtures } from "#tests/chaos/fixtures.ts";
import { Journal } from "#tests/chaos/journal.ts";
import type { Options } from "#tests/chaos/options.ts";
import type { Verdict } from "#tests/chaos/oracle-judge.mjs";
import type { Progress } from "#tests/chaos/plan.ts";
import { createRandom } from "#tests/chaos/random.ts";
import { Stack } from "#tests/chaos/stack.ts";

export type Result = {
  verdict: Verdict;
  progress: Progress;
  postgres: Record<string, string>;
  faults: Broken[];
  seconds: { start: number; load: number; oracle: number };
};

/** The oracle is another program: nothing of this process reaches it but files. */
function askOracle(directory: string): Verdict {
  const program = path.join(root, "tests/chaos/oracle.mjs");
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--max-old-space-size=8000", program, directory], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0 && status !== 1) throw new Error(`The oracle broke: ${stderr}`);
  return JSON.parse(stdout);
}

export async function runChaos(options: Options): Promise<Result> {
  const home = mkdtempSync(path.join(os.tmpdir(), "imchat-chaos-"));
  // Postgres is another user, when we are root.
  chmodSync(home, 0o711);
  const directory = path.join(home, "logs");
  mkdirSync(path.join(directory, "devices"), { recursive: true });
  const began = Date.now();
  const random = createRandom(options.seed);
  const stack = await Stack.start(path.join(home, "postgres"), random, options);
  const stop = () => {
    void stack.stop().finally(() => process.exit(130));
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    Object.assign(process.env, stack.environment);
    const fixtures = await createFixtures(stack.postgres.admin, options, random.fork("fixtures"));
    await closeDatabase();
    await keepVersions(stack.postgres.admin);
    await stack.ready();
    const journal = new Journal(path.join(directory, "driver.jsonl.gz"));
    const driver = new Driver(options, directory, { stack, journal, fixtures, random });
    await driver.startClients();
    const postgres = await stack.postgres.metadata();
    const started = Date.now();
    console.log(
      `${fixtures.devices.length} devices and ${fixtures.tabs.length} tabs of ${fixtures.people.size} people in ${fixtures.places.length} conversations.`,
    );
    await driver.breakThings();
    const progress = await driver.settle();
    await driver.collect();
    writeFileSync(path.join(directory, "demands.json"), JSON.stringify(demandsOf(options, fixtures)));
    const loaded = Date.now();
    await stack.stop();
    const verdict = askOracle(directory);
    const good = Object.keys(verdict.violations).length === 0;
    if (good && !options.keep) rmSync(home, { recursive: true, force: true });
    else console.log(`The logs are in ${directory}.`);
    const seconds = { start: started - began, load: loaded - started, oracle: Date.now() - loaded };
    return { verdict, progress, postgres, faults: driver.faults, seconds };
  } catch (error) {
    writeFileSync(path.join(directory, "processes.log"), stack.lines.join("\n"));
    console.log(`The logs are in ${directory}; the last lines of the processes:\n${stack.lines.slice(-15).join("\n")}`);
    await stack.stop();
    throw error;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** Less than this would be an empty pass. */
function demandsOf({ messages, faults, size }: Options, fixtures: Fixtures): Record<string, number> {
  const full = faults >= 20;
  return {
    acked: messages,
    faults,
    rows: full ? 19 : Math.min(faults, 10),
    deliveries: messages * 5,
    devices: fixtures.devices.length + fixtures.tabs.length,
    tabs: fixtures.tabs.length,
    blocks: full ? 1 : 0,
    kicks: size === "short" ? 10 : faults,
    recalls: messages / 50,
    recalledTextsSeen: messages / 10,
    recallsRepeated: 1,
    edits: messages / 100,
    reactions: messages / 20,
    reactionsRemoved: messages / 100,
    reactionsRepeated: 1,
    changesHeard: messages,
    changesAsked: messages / 100,
    placeholdersAcknowledged: 1,
    fresh: fixtures.people.size,
    keptDevices: fixtures.devices.length,
    settingsCompared: fixtures.devices.length,
    starredCompared: messages / 100,
    hiddenCompared: messages / 100,
    pinsCompared: messages / 100,
    receiptsHeard: messages,
    receiptsCompared: fixtures.people.size,
    receiptsAnswered: fixtures.people.size,
  };
}
