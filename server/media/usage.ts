import { sql } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { readUsage } from "#server/media/store.ts";

/** Bytes that my files take, and how many they may. */
export async function storageUsage(me: Me): Promise<{ used: number; quota: number }> {
  return { used: await readUsage(sql(), me.personId), quota: env().mediaQuotaBytes };
}
