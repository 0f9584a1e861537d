import type { CommunityCard } from "#contracts/communities.ts";
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
  const row = await find(me, { number: input.number });
  if (!row || (row.joinPolicy === "invite" && !row.myRole)) return { found: null };
  return { found: toCommunityCard(row) };
}

/** The community that an invite link leads to; null when the link was renewed or the community dissolved. */
export async function findByInvite(me: Me, input: { code: string }): Promise<{ found: CommunityCard | null }> {
  const row = await find(me, { inviteCode: input.code });
  return { found: row && toCommunityCard(row) };
}

async function find(me: Me, key: CommunityKey) {
  await consumeRateLimit(`find:${me.personId}`, rates.find);
  const row = await readCommunity(sql(), me.personId, key);
  return row && !row.closedAt ? row : null;
}
