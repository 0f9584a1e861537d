import type { Muted } from "#contracts/permissions.ts";
import { recordAction } from "#server/communities/moderation/store.ts";
import { authorizePermission, requireBelow } from "#server/communities/rights.ts";
import { beginChanges, changeMember, commitChanges } from "#server/conversations/ledger.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Takes the word from a member below me, until `muted.until` or until it is lifted (null). It stays when they leave and
 * join again. Refuses `forbidden` without mute and for a member of my rank or above, and `invalid_input` for an end that is
 * past.
 */
export async function muteMember(
  me: Me,
  { communityId, personId, muted }: { communityId: string; personId: string; muted: Muted },
): Promise<{ done: true }> {
  return transaction(async (tx) => {
    const ledger = await beginChanges(tx, communityId);
    const mine = await authorizePermission(tx, me, communityId, "mute");
    await requireBelow(tx, mine, personId);
    if (muted?.until && Date.parse(muted.until) <= Date.now()) throw new Refusal("invalid_input");
    await changeMember(tx, ledger, personId, { muted });
    await recordAction(tx, me, communityId, { action: muted ? "member_muted" : "mute_lifted", personId });
    await commitChanges(tx, ledger);
    return { done: true };
  });
}
