import { authorizeMember, authorizeOwner } from "#server/communities/authorize.ts";
import { newInviteCode } from "#server/communities/create.ts";
import { insertBan, writeInviteCode } from "#server/communities/store.ts";
import { addNotice, beginChanges, changeMetadata, commitChanges, removeMember } from "#server/conversations/ledger.ts";
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
 * The owner removes a member: from commit on they hear nothing more, and do not come back before the owner lifts the
 * ban. The invite code that they may know is replaced, which the others are told as a change of the community.
 */
export async function removeFromCommunity(
  me: Me,
  input: { communityId: string; personId: string },
): Promise<{ done: true }> {
  if (input.personId === me.personId) throw new Refusal("cannot_target_self");
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId, input.personId]);
    const ledger = await beginChanges(tx, input.communityId);
    await authorizeOwner(tx, me, input.communityId);
    await authorizeMember(tx, { ...me, personId: input.personId }, input.communityId);
    await insertBan(tx, input.communityId, input.personId);
    await writeInviteCode(tx, input.communityId, newInviteCode());
    await changeMetadata(tx, ledger);
    await addNotice(tx, ledger, me.personId, { notice: "member_removed", personId: input.personId });
    await removeMember(tx, ledger, input.personId);
    await commitChanges(tx, ledger);
    publishToPerson(people, input.personId, { type: "conversation.removed", conversationId: input.communityId });
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}
