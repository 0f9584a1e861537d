import type { CommunityDetail, CommunityUpdateInput } from "#contracts/communities.ts";
import { authorizeMember, authorizeOwner } from "#server/communities/authorize.ts";
import { withDeciders } from "#server/communities/deciders.ts";
import { revokeInvites } from "#server/communities/invites/store.ts";
import { publishJoinRequest } from "#server/communities/publish.ts";
import { authorizePermission } from "#server/communities/rights.ts";
import { countOwned, decideJoinRequest, readPendingAskers, updateCommunity } from "#server/communities/store.ts";
import { toCommunityDetail } from "#server/communities/view.ts";
import { addNotice, beginChanges, changeMember, changeMetadata, commitChanges } from "#server/conversations/ledger.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { requireReadyPicture } from "#server/media/require-ready-picture.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Changes what is given; the rest stays. A new name is also said in the conversation, and a new policy makes old invite
 * links dead. Refuses `forbidden` without change_facts.
 */
export async function updateCommunityMetadata(me: Me, input: CommunityUpdateInput): Promise<CommunityDetail> {
  return transaction(async (tx) => {
    const ledger = await beginChanges(tx, input.communityId);
    const row = await authorizePermission(tx, me, input.communityId, "change_facts");
    if (input.iconId) await requireReadyPicture(tx, me, input.iconId, "icon");
    const { communityId: _, ...given } = input;
    await updateCommunity(tx, {
      ...row,
      ...Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined)),
    });
    if (input.joinPolicy !== undefined && input.joinPolicy !== row.joinPolicy) {
      await revokeInvites(tx, input.communityId, null);
    }
    await changeMetadata(tx, ledger);
    if (input.name !== undefined && input.name !== row.name) {
      await addNotice(tx, ledger, me.personId, { notice: "community_renamed", name: input.name });
    }
    await commitChanges(tx, ledger);
    return toCommunityDetail(await authorizeMember(tx, me, input.communityId));
  });
}

/** Makes another member the owner. They must have room for one more (`communities_limit_reached`). */
export async function handOverCommunity(
  me: Me,
  input: { communityId: string; personId: string },
): Promise<{ done: true }> {
  if (input.personId === me.personId) throw new Refusal("cannot_target_self");
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId, input.personId]);
    const ledger = await beginChanges(tx, input.communityId);
    const row = await authorizeOwner(tx, me, input.communityId);
    await authorizeMember(tx, { ...me, personId: input.personId }, input.communityId);
    const max = env().communitiesPerPerson;
    if ((await countOwned(tx, input.personId)) >= max) throw new Refusal("communities_limit_reached", { max });
    await updateCommunity(tx, { ...row, ownerId: input.personId });
    await changeMember(tx, ledger, me.personId, { role: "member" });
    await changeMember(tx, ledger, input.personId, { role: "owner" });
    await changeMetadata(tx, ledger);
    await addNotice(tx, ledger, me.personId, { notice: "community_handed_over", personId: input.personId });
    await commitChanges(tx, ledger);
    // What waits for the owner's decision changes hands as a whole: both are told to ask again.
    for (const personId of people.revs.keys()) publishToPerson(people, personId, { type: "person.rev_changed" });
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}

/** Ends a community for good: readable by its members, closed to everything new. Pending requests are refused. */
export async function dissolveCommunity(me: Me, input: { communityId: string }): Promise<{ done: true }> {
  const askers = await readPendingAskers(sql(), input.communityId);
  return withDeciders(input.communityId, [me.personId, ...askers], async (tx, people) => {
    const ledger = await beginChanges(tx, input.communityId);
    await authorizeOwner(tx, me, input.communityId);
    await addNotice(tx, ledger, me.personId, { notice: "community_dissolved" });
    ledger.conversation.closedAt = new Date();
    await changeMetadata(tx, ledger);
    await commitChanges(tx, ledger);
    for (const askerId of askers) {
      if (await decideJoinRequest(tx, input.communityId, askerId, "refused")) {
        await publishJoinRequest(tx, people, input.communityId, askerId);
      }
    }
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}
