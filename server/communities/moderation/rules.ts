import { isDeepStrictEqual } from "node:util";
import { type CommunityRules, type CommunityRulesInput, lowestRank } from "#contracts/permissions.ts";
import { writeWriteRules } from "#server/communities/moderation/store.ts";
import { authorizePermission, requireHeld } from "#server/communities/rights.ts";
import { readRules, writeMemberPermissions } from "#server/communities/roles/store.ts";
import { beginChanges, changeMetadata, commitChanges } from "#server/conversations/ledger.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Changes what is given of the rules for all members: mute all and slow mode (permission mute), and what every member may do
 * (manage_roles, by people above members without a role, and only what I have myself). Refuses `forbidden` otherwise.
 */
export async function changeRules(
  me: Me,
  { communityId, memberPermissions, mutedAll, slowSeconds }: CommunityRulesInput,
): Promise<{ rules: CommunityRules }> {
  return transaction(async (tx) => {
    const ledger = await beginChanges(tx, communityId);
    const now = await readRules(tx, communityId);
    if (mutedAll !== undefined || slowSeconds !== undefined || memberPermissions === undefined) {
      await authorizePermission(tx, me, communityId, "mute");
    }
    if (!now) throw new Refusal("not_found");
    if (memberPermissions) {
      const mine = await authorizePermission(tx, me, communityId, "manage_roles");
      if (mine.rank >= lowestRank) throw new Refusal("forbidden");
      requireHeld(
        mine,
        memberPermissions.filter((one) => !now.memberPermissions.includes(one)),
      );
    }
    const next = {
      ...now,
      memberPermissions: memberPermissions ?? now.memberPermissions,
      mutedAll: mutedAll ?? now.mutedAll,
      slowSeconds: slowSeconds ?? now.slowSeconds,
    };
    if (isDeepStrictEqual(next, now)) return { rules: now };
    if (memberPermissions) await writeMemberPermissions(tx, communityId, memberPermissions);
    await writeWriteRules(tx, communityId, next);
    await changeMetadata(tx, ledger);
    await commitChanges(tx, ledger);
    return { rules: next };
  });
}
