/** The hot operations of the product, and the check of every plan that they use. */
import type { PlanLog } from "#bench/world/explain.ts";
import { accountOperations } from "#bench/world/operations/accounts.ts";
import { answerOperations } from "#bench/world/operations/answers.ts";
import { conversationOperations } from "#bench/world/operations/conversations.ts";
import { friendOperations } from "#bench/world/operations/friends.ts";
import { mediaOperations } from "#bench/world/operations/media.ts";
import { type Operations, placeIn } from "#bench/world/operations/operation.ts";
import { searchOperations } from "#bench/world/operations/search.ts";
import { workerOperations } from "#bench/world/operations/worker.ts";
import { type Allowance, faultsOf, outlineOf } from "#bench/world/plans.ts";
import type { World } from "#bench/world/sizes.ts";
import { sql } from "#server/db/sql.ts";

const operations: Operations = {
  ...accountOperations,
  ...conversationOperations,
  ...answerOperations,
  ...friendOperations,
  ...workerOperations,
  ...mediaOperations,
  ...searchOperations,
};

/** Operations run more often than a person may, one time after another. */
const forgiveRates = () => sql()`delete from rate_limits where key not like 'world:%'`;

/** Runs every operation once. */
export async function runOperations(world: World): Promise<void> {
  await forgiveRates();
  const place = placeIn(world);
  for (const operation of Object.values(operations)) await operation(place);
}

export type Fault = { operation: string; faults: string[]; query: string; plan: string };

/** Runs every operation once and returns the statements that search, each once; and how many were looked at. */
export async function findFaults(
  world: World,
  log: PlanLog,
  allowance?: Allowance,
): Promise<{ found: Fault[]; explained: number }> {
  const place = placeIn(world);
  const found = new Map<string, Fault>();
  let explained = 0;
  await forgiveRates();
  log.moveToEnd();
  for (const [operation, run] of Object.entries(operations)) {
    await run(place);
    for (const one of log.take()) {
      explained += 1;
      const faults = faultsOf(one, allowance);
      const query = one.query.replace(/\s+/g, " ").trim();
      if (faults.length > 0 && !found.has(query))
        found.set(query, { operation, faults, query, plan: outlineOf(one.plan) });
    }
  }
  return { found: [...found.values()], explained };
}
