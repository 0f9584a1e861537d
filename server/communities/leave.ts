import { authorizeMember } from "#server/communities/authorize.ts";
import { revokeInvites } from "#server/communities/invites/store.ts";
import { recordAction } from "#server/communities/moderation/store.ts";
import { authorizePermission, requireBelow } from "#server/communities/rights.ts";
import { addNotice, beginChanges, commitChanges, removeMember } from "#server/conversations/ledger.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Leaves a community. The owner of a living one hands over or dissolves first (`owner_must_transfer`). The notice
 * stands before the leave, so the leave is the last thing that the leaver hears of the conversation.
 */
export async function leaveCommunity(me: Me, input: { communityId: string }): Promise<{ done: true }> {
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    const ledger = await beginChanges(tx, input.communityId);
    const community = await authorizeMember(tx, me, input.communityId);
    if (community.myRole === "owner" && !community.closedAt) throw new Refusal("owner_must_transfer");
    await addNotice(tx, ledger, me.personId, { notice: "member_left" });
    await removeMember(tx, ledger, me.personId);
    await commitChanges(tx, ledger);
    publishToPerson(people, me.personId, { type: "conversation.removed", conversationId: input.communityId });
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}

/**
 * Sends away a member below me: from commit on they hear nothing more. They may come back by the ways that are open to them;
 * `banPerson` keeps them out. The links that they made lead nowhere any more. Refuses `cannot_target_self`, `not_found`, and
 * `forbidden` without remove and for a member of my rank or above.
 */
export async function removeFromCommunity(
  me: Me,
  input: { communityId: string; personId: string },
): Promise<{ done: true }> {
  if (input.personId === me.personId) throw new Refusal("cannot_target_self");
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId, input.personId]);
    const ledger = await beginChanges(tx, input.communityId);
    const mine = await authorizePermission(tx, me, input.communityId, "remove");
    await requireBelow(tx, mine, input.personId);
    await recordAction(tx, me, input.communityId, { action: "member_removed", personId: input.personId });
    await revokeInvites(tx, input.communityId, input.personId);
    await addNotice(tx, ledger, me.personId, { notice: "member_removed", personId: input.personId });
    await removeMember(tx, ledger, input.personId);
    await commitChanges(tx, ledger);
    publishToPerson(people, input.personId, { type: "conversation.removed", conversationId: input.communityId });
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}
