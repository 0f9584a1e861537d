import type { Tx } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import { readTotalUsage, readUsage } from "#server/media/store.ts";
import { lockPeople } from "#server/people/store.ts";
import { Refusal } from "#server/refusal.ts";

/** Adding up every file takes long where there are millions, so the sum is asked for this often at most. */
const freshMs = 10_000;
let total = { bytes: 0, readAt: Number.NEGATIVE_INFINITY };

/**
 * Throws `quota_exceeded` when `bytes` more are more than this person may keep, and `storage_limit_reached` when they are more than
 * the instance may. The first is exact, under the owner's lock: two uploads at once must not both fit into the last
 * gigabyte. The second counts what other processes announced a few seconds later.
 */
export async function checkQuota(tx: Tx, personId: string, bytes: number): Promise<void> {
  const { mediaQuotaBytes, mediaTotalBytes } = env();
  await lockPeople(tx, [personId]);
  if ((await readUsage(tx, personId)) + bytes > mediaQuotaBytes) throw new Refusal("quota_exceeded");
  if (mediaTotalBytes === undefined) return;
  const now = performance.now();
  if (now - total.readAt > freshMs) total = { bytes: await readTotalUsage(tx), readAt: now };
  if (total.bytes + bytes > mediaTotalBytes) throw new Refusal("storage_limit_reached");
  total.bytes += bytes;
}
