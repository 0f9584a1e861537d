/** Runs the hot operations of the product in a database and judges the plans that Postgres wrote to its log. */
import { answerParent } from "#bench/program.ts";
import { PlanLog } from "#bench/world/explain.ts";
import { type Fault, findFaults } from "#bench/world/operations.ts";
import type { World } from "#bench/world/sizes.ts";

export type Question = { world: World; log: string };
export type Judged = { found: Fault[]; explained: number };

setInterval(() => {}, 60_000); // the channel to the parent alone keeps nothing alive
answerParent<Question>(true, async ({ world, log }): Promise<Judged> => findFaults(world, new PlanLog(log)));
