import type { CommunityCard } from "#contracts/communities.ts";
import { hashOfCode } from "#server/communities/invites/code.ts";
import { readCommunityOfCode } from "#server/communities/invites/store.ts";
import { type CommunityKey, readCommunity } from "#server/communities/store.ts";
import { toCommunityCard } from "#server/communities/view.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";

/**
 * A living community by its number. One that takes members by invitation only is shown to its members alone.
 * Throttled (`rate_limited`), since numbers can be counted through.
 */
export async function findCommunity(me: Me, input: { number: number }): Promise<{ found: CommunityCard | null }> {
  await consumeRateLimit(`find:${me.personId}`, rates.find);
  const row = await readLiving(me, { number: input.number });
  if (!row || (row.joinPolicy === "invite" && !row.myRole)) return { found: null };
  return { found: toCommunityCard(row) };
}

/** The community that an invite link leads to; null when the link was revoked or used up, or the community dissolved. */
export async function findByInvite(me: Me, input: { code: string }): Promise<{ found: CommunityCard | null }> {
  await consumeRateLimit(`find:${me.personId}`, rates.find);
  const id = await readCommunityOfCode(sql(), hashOfCode(input.code));
  const row = id && (await readLiving(me, { id }));
  return { found: row ? toCommunityCard(row) : null };
}

async function readLiving(me: Me, key: CommunityKey) {
  const row = await readCommunity(sql(), me.personId, key);
  return row && !row.closedAt ? row : null;
}
