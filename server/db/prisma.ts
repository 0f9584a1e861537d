import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "#server/db/generated/client.ts";
import { refuseInsideTransaction } from "#server/db/one-connection.ts";
import { isDirect, planning } from "#server/db/sql.ts";
import { env } from "#server/env.ts";

const kept = globalThis as { imchatPrisma?: PrismaClient };

/**
 * Statements that are prepared on a connection are planned once; the text of each is known by the code that makes it.
 */
const names = new Map<string, string>();
const mostNames = 100;

function nameOf({ sql }: { sql: string }): string {
  const known = names.get(sql);
  // Lists of values change the text: what would be prepared without end is not prepared.
  if (known !== undefined || names.size >= mostNames) return known ?? "";
  const name = `imchat_${names.size}`;
  names.set(sql, name);
  return name;
}

const planningOptions = Object.entries(planning)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(" ");

/** For what publishes no events: accounts and sessions. Operations that publish write SQL in their `store.ts`. */
export function prisma(): PrismaClient {
  refuseInsideTransaction("prisma()");
  kept.imchatPrisma ??= new PrismaClient({
    adapter: new PrismaPg(
      {
        connectionString: env().databaseUrl,
        max: 5,
        connectionTimeoutMillis: 5_000,
        ...(isDirect() ? { statement_timeout: 10_000, options: planningOptions } : {}),
        application_name: "imchat",
      },
      isDirect() ? { statementNameGenerator: nameOf } : {},
    ),
  });
  return kept.imchatPrisma;
}

export async function closePrisma(): Promise<void> {
  const open = kept.imchatPrisma;
  kept.imchatPrisma = undefined;
  await open?.$disconnect();
}

/** Which unique field a write collided with. Prisma 7 with a driver adapter names the index in `meta` only. */
export function uniqueFieldOf(error: unknown, fields: readonly string[]): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") return null;
  const told = JSON.stringify(error.meta ?? {});
  return fields.find((field) => told.includes(field)) ?? null;
}
