/** Runs the scenarios that hold the wanted metrics, one after the other, each on a harness of its own. */
import { goals } from "#bench/goals.ts";
import { Harness, type Settings } from "#bench/harness.ts";
import { generatorCore, machineMetadata, pin } from "#bench/machine.ts";
import type { Measured, Scenario } from "#bench/rounds.ts";
import { calm } from "#bench/scenarios/calm.ts";
import { direct } from "#bench/scenarios/direct.ts";
import { history } from "#bench/scenarios/history.ts";
import { idle } from "#bench/scenarios/idle.ts";
import { latency } from "#bench/scenarios/latency.ts";
import { list } from "#bench/scenarios/list.ts";
import { packet } from "#bench/scenarios/packet.ts";
import { receipts } from "#bench/scenarios/receipts.ts";
import { room } from "#bench/scenarios/room.ts";
import { search } from "#bench/scenarios/search.ts";
import { searchCost } from "#bench/scenarios/search-cost.ts";
import { storage } from "#bench/scenarios/storage.ts";
import { storm } from "#bench/scenarios/storm.ts";
import { timeline } from "#bench/scenarios/timeline.ts";
import { upload } from "#bench/scenarios/upload.ts";
import { web } from "#bench/scenarios/web.ts";
import { workers } from "#bench/scenarios/workers.ts";
import { world } from "#bench/world/scenario.ts";
import { buildIfNeeded, bundleJobs, bundleWorker } from "#scripts/build.ts";

const longestMinutes = 8;

const scenarios: readonly Scenario[] = [
  storage,
  web,
  direct,
  calm,
  receipts,
  workers,
  room,
  latency,
  idle,
  storm,
  history,
  packet,
  upload,
  list,
  timeline,
  search,
  searchCost,
  world,
];

/** A metric's name, the beginning of several, or `world` for those of the world. */
function scenariosFor(
  wanted: readonly string[],
  size: Settings["size"],
): { scenarios: Scenario[]; metrics: Set<string> } {
  const isNamed = (metric: string) => wanted.some((name) => metric.startsWith(name) || metric.includes(`_${name}_`));
  const isAlways = (metric: string) =>
    size === "smoke" || !scenarios.some(({ metrics, onRequest }) => onRequest && metrics.includes(metric));
  const metrics = new Set(Object.keys(goals).filter(wanted.length === 0 ? isAlways : isNamed));
  for (const name of wanted) {
    if (![...metrics].some((metric) => metric.startsWith(name) || metric.includes(`_${name}_`))) {
      throw new Error(`There is no metric ${name}. There are: ${Object.keys(goals).join(", ")}.`);
    }
  }
  return { scenarios: scenarios.filter((scenario) => scenario.metrics.some((metric) => metrics.has(metric))), metrics };
}

export type Outcome = { metadata: Record<string, string>; measured: Measured[]; failed: string[] };

export async function runBench(wanted: readonly string[], settings: Settings, signal: AbortSignal): Promise<Outcome> {
  const { scenarios: chosen, metrics } = scenariosFor(wanted, settings.size);
  await (chosen.some((scenario) => scenario.web) ? buildIfNeeded({}) : Promise.all([bundleWorker(), bundleJobs()]));
  const metadata = machineMetadata();
  const measured: Measured[] = [];
  const failed: string[] = [];
  // A scenario that only has to run needs no cluster of its own.
  const shared = settings.size === "smoke" ? await Harness.open(settings) : undefined;
  for (const scenario of chosen) {
    if (signal.aborted) break;
    console.log(`\n── ${scenario.metrics.join(", ")} ──`);
    const began = Date.now();
    const harness = shared ?? (await Harness.open(settings, scenario.server));
    try {
      Object.assign(metadata, await postgresMetadata(harness));
      // After the build and the cluster were made, which may use every core.
      pin(process.pid, generatorCore);
      measured.push(
        ...(await Promise.race([scenario.measure(harness), tooLong(scenario.minutes ?? longestMinutes, signal)])),
      );
      await harness.printStatements();
    } catch (error) {
      failed.push(...scenario.metrics);
      console.error(error instanceof Error ? error.message : error);
      for (const output of harness.outputs()) console.error(output);
    } finally {
      await (shared ? shared.stopPrograms() : harness.close());
    }
    console.log(`  (${Math.round((Date.now() - began) / 1_000)} s)`);
  }
  await shared?.close();
  return { metadata, measured: measured.filter(({ metric }) => metrics.has(metric)), failed };
}

/** Whatever hangs ends with the scenario: its programs are stopped, and the next scenario has a harness of its own. */
function tooLong(minutes: number, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`not done within ${minutes} minutes`)), minutes * 60_000).unref();
    signal.addEventListener("abort", () => reject(new Error("stopped")), { once: true });
  });
}

/** A figure of durable work means nothing where a commit does not wait for the disk. */
async function postgresMetadata({ sql }: Harness): Promise<Record<string, string>> {
  const rows = await sql<{ name: string; setting: string }[]>`
    select name, setting from pg_settings where name in ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes')`;
  const metadata = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  if (metadata.fsync !== "on" || metadata.synchronous_commit !== "on") {
    throw new Error("Postgres does not wait for the disk at commit (fsync, synchronous_commit)");
  }
  const { server_version, ...others } = metadata;
  return {
    postgres: `${server_version} (${Object.entries(others)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ")})`,
  };
}
