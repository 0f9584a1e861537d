/**
 * A database in which the product's sessions planned their statements while it had a hundred people, and which then grew.
 * Nothing gathers statistics but the test.
 */
import postgres from "postgres";
import { explainSessions, logOf, PlanLog } from "#bench/world/explain.ts";
import { fillWorld } from "#bench/world/fill.ts";
import { worldPassword } from "#bench/world/operations/accounts.ts";
import { findFaults, runOperations } from "#bench/world/operations.ts";
import type { Allowance } from "#bench/world/plans.ts";
import type { World } from "#bench/world/sizes.ts";
import { hashPassword } from "#server/accounts/password.ts";
import { closeDatabase } from "#tests/_people.ts";

const village: World = { first: 0, people: 120 };

/** From the sixth time on Postgres may run a prepared statement by a plan that it keeps. */
const untilPlansAreKept = 7;

export type Town = {
  owner: postgres.Sql;
  /** The statements of the hot operations that search, each with its plan; and how many statements were looked at. */
  faults(allowance?: Allowance): Promise<{ faults: string[]; explained: number }>;
  close(): Promise<void>;
};

export async function growTown(people: number, { analysed }: { analysed: boolean }): Promise<Town> {
  const town: World = { first: 1_000_000, people };
  const owner = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  const password = await hashPassword("town", worldPassword);
  const tables = await owner<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
  for (const { name } of tables) await owner`alter table ${owner(name)} set (autovacuum_enabled = off)`;
  await fillWorld(owner, village, password);
  if (analysed) await owner`analyze`;
  await explainSessions(owner);
  for (let time = 0; time < untilPlansAreKept; time += 1) await runOperations(village);
  await fillWorld(owner, town, password);
  const log = new PlanLog(await logOf(owner));
  return {
    owner,
    faults: async (allowance) => {
      const { found, explained } = await findFaults(town, log, allowance);
      return {
        explained,
        faults: found.map(
          ({ operation, faults, query, plan }) => `${operation}: ${faults.join(", ")}\n${query}\n${plan}`,
        ),
      };
    },
    close: async () => {
      await closeDatabase();
      await owner.end();
    },
  };
}
