/**
 * `npm run db:deploy`: roles where they are wanted, migrations, and what each role may do. Environment: DATABASE_URL
 * (the owner; or DATABASE_URL_DIRECT where that leads through a pooler), DATABASE_ADMIN_URL,
 * WEB_/WORKER_/JOBS_DATABASE_PASSWORD. With DATABASE_URL alone one user does everything. With `--vercel` it does
 * nothing unless VERCEL_ENV is "production": a preview must not change the database of everyone. Exit code 0, or 1 with
 * a sentence that says what to do.
 */
import { pathToFileURL } from "node:url";
import postgres from "postgres";
import { migrate } from "#scripts/migrate.ts";
import {
  applyGrants,
  localPasswords,
  localUrl,
  makeRoles,
  type RolePasswords,
  roleName,
  roles,
} from "#scripts/roles.ts";
import { readEnv } from "#server/env.ts";

export type Deployment = {
  /** The owner, or the one user there is. */
  url: string;
  /** May make roles; the owner, when it is undefined. */
  adminUrl?: string | undefined;
  passwords?: RolePasswords;
};

const isRefused = (error: unknown) => error instanceof postgres.PostgresError && error.code === "42501";

async function makeWantedRoles({ url, adminUrl, passwords }: Deployment, say: (line: string) => void): Promise<void> {
  const given = passwords ?? { web: undefined, worker: undefined, jobs: undefined };
  if (adminUrl === undefined && !roles.some((role) => given[role])) return;
  try {
    await makeRoles(adminUrl ?? url, url, given);
  } catch (error) {
    if (!isRefused(error)) throw error;
    const user = decodeURIComponent(new URL(adminUrl ?? url).username);
    say(
      `The roles were not made: ${user} may not (${error instanceof Error ? error.message : error}). docs/security.md`,
    );
  }
}

/** Brings a database up to date. Answers the migrations that were applied, and whether the roles are in force. */
export async function deploy(deployment: Deployment, say: (line: string) => void = console.log) {
  await makeWantedRoles(deployment, say);
  const applied = await migrate(deployment.url);
  const hasRoles = await applyGrants(deployment.url).catch((error: unknown) => {
    if (!isRefused(error)) throw error;
    say(`The roles were left as they are: ${error instanceof Error ? error.message : error}. docs/security.md`);
    return false;
  });
  return { applied, hasRoles };
}

/** A Postgres of this machine, as its superuser: the owner is made, and a login for each process (`localUrl`). */
export const deployLocally = (adminUrl: string) =>
  deploy({ url: localUrl(adminUrl, "owner"), adminUrl, passwords: localPasswords(adminUrl) });

async function main(): Promise<void> {
  if (process.argv.includes("--vercel") && process.env.VERCEL_ENV !== "production") {
    console.log("Not a production deployment: the database is left as it is.");
    return;
  }
  const { databaseUrlDirect: url, databaseAdminUrl: adminUrl, rolePasswords: passwords } = readEnv("deploy");
  const { applied, hasRoles } = await deploy({ url, adminUrl, passwords });
  console.log(applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`);
  const names = roles.map(roleName).join(", ");
  if (hasRoles) console.log(`The roles ${names} may do what prisma/grants.ts says.`);
  else console.log(`One user does everything: there are no roles ${names} (docs/security.md).`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
