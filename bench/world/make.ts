/** Makes the database of the world and looks at the plans of the hot operations in it. */
import { statfsSync } from "node:fs";
import type postgres from "postgres";
import { connect, type Harness } from "#bench/harness.ts";
import type { Judged } from "#bench/servers/planner.ts";
import { explainSessions, stopExplaining } from "#bench/world/explain.ts";
import { fillWorld } from "#bench/world/fill.ts";
import { withoutIndexes } from "#bench/world/indexes.ts";
import type { World } from "#bench/world/sizes.ts";

/** Bytes for a million people: tables, indexes, and the log of writing them. */
const bytesAtScaleOne = 30e9;

export function requireDisk(file: string, scale: number): void {
  const { bavail, bsize } = statfsSync(file);
  const needed = bytesAtScaleOne * scale;
  if (bavail * bsize >= needed) return;
  const gigabytes = (bytes: number) => Math.ceil(bytes / 1e9);
  throw new Error(
    `This world needs ${gigabytes(needed)} GB of disk and ${gigabytes(bavail * bsize)} are free; give --scale.`,
  );
}

/** Fills the world, unless an earlier run has, and returns what is wrong with its plans: without statistics and with them. */
export async function makeWorld(harness: Harness, large: World, password: string): Promise<string[]> {
  const url = await harness.database("bench_world");
  const sql = connect(url, 1);
  try {
    const [row] = await sql<{ people: number }[]>`select count(*)::int as people from people`;
    if (row?.people !== 0) {
      if (row?.people !== large.people)
        throw new Error(`.data/world is of ${row?.people} people: remove it, or give its --scale.`);
      return await checkPlans(harness, sql, large);
    }
    const began = performance.now();
    await withoutIndexes(sql, () => fillWorld(sql, large, password));
    console.log(`  made in ${Math.round((performance.now() - began) / 1_000)} s`);
    const without = await checkPlans(harness, sql, large);
    await sql`vacuum analyze`;
    console.log(`  vacuumed after ${Math.round((performance.now() - began) / 1_000)} s`);
    return [...without, ...(await checkPlans(harness, sql, large))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Prints the statements that read more than they return, with their plans, and returns a line for each. */
async function checkPlans(harness: Harness, sql: postgres.Sql, world: World): Promise<string[]> {
  const url = harness.urlOf("bench_world");
  await explainSessions(sql);
  const planner = await harness.program("servers/planner.ts", { DATABASE_URL: url, DATABASE_URL_DIRECT: url });
  try {
    const { found, explained } = await planner.ask<Judged>({ world, log: harness.postgresLog });
    console.log(`  ${explained} plans, ${found.length} of them read more than they return`);
    return found.map(({ operation, faults, query, plan }) => {
      console.log(`  ${operation}: ${faults.join(", ")}\n${query}\n${plan}`);
      return `${operation}: ${faults.join(", ")}`;
    });
  } finally {
    await planner.stop();
    await stopExplaining(sql);
  }
}
