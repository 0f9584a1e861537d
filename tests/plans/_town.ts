/**
 * A database in which the product's sessions planned their statements while it had a hundred people, and which then grew.
 * It has a server of its own: plans are read from the server's log, and nothing gathers statistics but the test.
 */
import postgres from "postgres";
import { explainSessions, PlanLog } from "#bench/world/explain.ts";
import { fillWorld } from "#bench/world/fill.ts";
import { worldPassword } from "#bench/world/operations/accounts.ts";
import { findFaults, runOperations } from "#bench/world/operations.ts";
import type { Allowance } from "#bench/world/plans.ts";
import type { World } from "#bench/world/sizes.ts";
import { migrate } from "#scripts/migrate.ts";
import { startPostgres } from "#scripts/postgres.ts";
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
  const server = await startPostgres({ ephemeral: true, settings: { autovacuum: "off" } });
  await migrate(server.url);
  // Read at the first use, which comes below.
  Object.assign(process.env, { DATABASE_URL: server.url, DATABASE_URL_DIRECT: server.url });
  const owner = postgres(server.url, { max: 1, onnotice: () => {} });
  const password = await hashPassword("town", worldPassword);
  await fillWorld(owner, village, password);
  if (analysed) await owner`analyze`;
  await explainSessions(owner);
  for (let time = 0; time < untilPlansAreKept; time += 1) await runOperations(village);
  await fillWorld(owner, town, password);
  const log = new PlanLog(server.log);
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
      await server.stop();
    },
  };
}
