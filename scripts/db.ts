/**
 * Prisma's command line with a database to work on: the one of DATABASE_URL(_DIRECT), else the built-in one.
 *
 *   npm run db:migrate -- --name add_reactions   writes prisma/migrations/… from the change of the schema, and applies it
 *   npm run db:diff                              shows the SQL between the migrations and the schema, writes nothing
 *   node scripts/bin/db.mjs <command …>              any other, for example: node scripts/bin/db.mjs migrate status
 *
 * Exit code: Prisma's, or 1 when there is no database.
 */
import { openDatabase } from "#scripts/database.ts";
import { readSettings } from "#scripts/settings.ts";
import { exitOf, spawnWatched } from "#scripts/watched-child.ts";

const shortcuts: Record<string, string[]> = {
  migrate: ["migrate", "dev"],
  diff: [
    "migrate",
    "diff",
    "--from-migrations",
    "prisma/migrations",
    "--to-schema",
    "prisma/schema.prisma",
    "--script",
  ],
};

/** `migrate status` is Prisma's own; `migrate` alone, or with options, is ours. */
function prismaArguments([command = "", ...rest]: string[]): string[] {
  const shortcut = shortcuts[command];
  const ours = shortcut && (rest[0] === undefined || rest[0].startsWith("-"));
  return ours ? [...shortcut, ...rest] : [command, ...rest];
}

async function main(): Promise<number> {
  const database = await openDatabase(readSettings().databaseUrl);
  try {
    const environment = { DATABASE_URL: database.ownerUrl, DATABASE_URL_DIRECT: database.ownerUrl };
    const args = ["node_modules/prisma/build/index.js", ...prismaArguments(process.argv.slice(2))];
    return await exitOf(spawnWatched({ args, environment, output: "inherit", input: "inherit" }));
  } finally {
    await database.stop();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
