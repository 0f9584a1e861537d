/**
 * The database of a run: the built-in one, or the one that is named; reachable, migrated, and seeded where that is
 * wanted.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import type { Role } from "#prisma/grants.ts";
import { deploy, deployLocally } from "#scripts/deploy.ts";
import { startPostgres } from "#scripts/postgres.ts";
import { localUrl } from "#scripts/roles.ts";
import { root } from "#scripts/settings.ts";
import { exitOf, spawnWatched } from "#scripts/watched-child.ts";
import { withoutOthers } from "#server/env/processes.ts";

type Addresses = { DATABASE_URL: string; DATABASE_URL_DIRECT: string };

export type Database = {
  /** What a process reaches it with; in the built-in one each has a role of its own. */
  environmentOf(role: Role): Addresses;
  /** Of a user who owns it. */
  ownerUrl: string;
  /** Brings it up to date and tells what was done. */
  deploy(): Promise<void>;
  stop: (graceMs?: number) => Promise<void>;
};

/** Why a database cannot be used, in words; undefined when it can. The address is shown without its password. */
export async function whyUnreachable(url: string): Promise<string | undefined> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql`select 1`;
    return undefined;
  } catch (error) {
    const { hostname, port, pathname } = new URL(url);
    const place = `${pathname.slice(1) || "the database"} at ${hostname}:${port || 5432}`;
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reasons: Record<string, string> = {
      ECONNREFUSED: "nothing listens there. Start that Postgres, or correct DATABASE_URL",
      ENOTFOUND: "there is no such host. Correct DATABASE_URL",
      CONNECT_TIMEOUT: "it does not answer. Check the network, the firewall and DATABASE_URL",
      "28P01": "it refuses the password. Correct DATABASE_URL",
      "28000": "it refuses the user. Correct DATABASE_URL",
      "3D000": "the server has no such database. Create it, or correct DATABASE_URL",
      "53300": "it has no connection left. Close some, or raise max_connections",
    };
    const why = reasons[code] ?? (error instanceof Error ? error.message : String(error));
    return `Cannot use ${place}: ${why}. Without DATABASE_URL, IMChat brings its own Postgres.`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

export async function openDatabase(databaseUrl: string | undefined): Promise<Database> {
  if (databaseUrl === undefined) {
    const server = await startPostgres();
    return {
      environmentOf: (role) => addresses(localUrl(server.url, role)),
      ownerUrl: server.url,
      deploy: async () => tellOf(await deployLocally(server.url)),
      stop: (graceMs) => server.stop(graceMs),
    };
  }
  const direct = process.env.DATABASE_URL_DIRECT || databaseUrl;
  const problem = await whyUnreachable(direct);
  if (problem) throw new Error(problem);
  return {
    environmentOf: () => addresses(databaseUrl, direct),
    ownerUrl: direct,
    deploy: async () => tellOf(await deploy({ url: direct })),
    stop: async () => {},
  };
}

const addresses = (url: string, direct = url): Addresses => ({ DATABASE_URL: url, DATABASE_URL_DIRECT: direct });

function tellOf({ applied }: { applied: string[] }): void {
  if (applied.length > 0) console.log(`Migrations applied: ${applied.join(", ")}.`);
}

async function isEmpty(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ people: boolean }[]>`select exists (select from people) as people`;
    return row?.people === false;
  } finally {
    await sql.end();
  }
}

/** Runs prisma/seed.ts, a process of its own with the environment of the children, when there is no account yet. */
export async function seedIfEmpty(environment: Record<string, string>): Promise<void> {
  const file = path.join(root, "prisma/seed.ts");
  if (!existsSync(file) || !(await isEmpty(environment.DATABASE_URL_DIRECT ?? ""))) return;
  console.log("Adding demo accounts …");
  const child = spawnWatched({
    args: ["--import", "tsx", file],
    environment: { ...environment, ...withoutOthers("seed") },
    output: "inherit",
  });
  const code = await exitOf(child);
  if (code !== 0) throw new Error(`prisma/seed.ts failed (exit code ${code}); its message is above.`);
}
