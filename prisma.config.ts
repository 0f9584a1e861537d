/**
 * Prisma's own command line: `npm run db:diff`, `npm run db:migrate`, and every `npx prisma …`.
 *
 * Prisma would download a schema engine before each command. The script below answers in its place from a package of the
 * lock file, so the commands work without a network. Windows cannot start a script as a program; there Prisma downloads.
 */
import path from "node:path";
import { defineConfig } from "prisma/config";

if (process.platform !== "win32") {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, "scripts/schema-engine.mjs");
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations", seed: "node --import tsx prisma/seed.ts" },
  // Never Prisma's `env()`: it throws when the variable is missing, also for `generate`, which needs no database.
  datasource: { url: process.env.DATABASE_URL_DIRECT || process.env.DATABASE_URL || "" },
});
