import type { CommunityBanList } from "#contracts/communities.ts";
import { withDeciders } from "#server/communities/deciders.ts";
import { revokeInvites } from "#server/communities/invites/store.ts";
import { recordAction } from "#server/communities/moderation/store.ts";
import { publishJoinRequest } from "#server/communities/publish.ts";
import { authorizePermission, requireBelow } from "#server/communities/rights.ts";
import { readRights } from "#server/communities/roles/store.ts";
import { decideJoinRequest, deleteBan, insertBan, isBanned, readBans } from "#server/communities/store.ts";
import { toBan } from "#server/communities/view.ts";
import { addNotice, beginChanges, commitChanges, removeMember } from "#server/conversations/ledger.ts";
import { snapshot, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

type BanInput = {
  communityId: string;
  personId: string;
  reason?: string | undefined;
  until?: string | null | undefined;
};

/**
 * Keeps a person out, until `until` or until it is lifted. A member below me is removed: from commit on they hear nothing
 * more, and the links that they made lead nowhere. A request of theirs is refused. Of one who is banned already
 * the reason and the end are written anew. Refuses `cannot_target_self`, `forbidden` without ban and for a member of my rank
 * or above, `invalid_input` for an end that is past, and `not_found` for a person who is none of the three.
 */
export async function banPerson(me: Me, input: BanInput): Promise<{ done: true }> {
  const { communityId, personId, reason = "", until = null } = input;
  if (personId === me.personId) throw new Refusal("cannot_target_self");
  return withDeciders(communityId, [me.personId, personId], async (tx, people) => {
    const ledger = await beginChanges(tx, communityId);
    const mine = await authorizePermission(tx, me, communityId, "ban");
    if (until !== null && Date.parse(until) <= Date.now()) throw new Refusal("invalid_input");
    const isMember = (await readRights(tx, communityId, personId)) !== null;
    if (isMember) await requireBelow(tx, mine, personId);
    const asked = await decideJoinRequest(tx, communityId, personId, "refused");
    if (!isMember && !asked && !(await isBanned(tx, communityId, personId))) throw new Refusal("not_found");
    await insertBan(tx, communityId, personId, { reason, until, byId: me.personId });
    await recordAction(tx, me, communityId, { action: "person_banned", personId });
    if (isMember) {
      await revokeInvites(tx, communityId, personId);
      await addNotice(tx, ledger, me.personId, { notice: "member_removed", personId });
      await removeMember(tx, ledger, personId);
      await commitChanges(tx, ledger);
      publishToPerson(people, personId, { type: "conversation.removed", conversationId: communityId });
    }
    if (asked) await publishJoinRequest(tx, people, communityId, personId);
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}

/** For people who may ban: who is kept out now, why, until when and by whom; the latest first. */
export async function listBanned(me: Me, input: { communityId: string }): Promise<CommunityBanList> {
  return snapshot(async (tx) => {
    await authorizePermission(tx, me, input.communityId, "ban");
    const bans = (await readBans(tx, input.communityId)).map(toBan);
    return { people: bans.map(({ person }) => person), bans };
  });
}

/** Lets a person come back, by the ways that are open to all. Twice is once. Refuses `forbidden` without ban. */
export async function liftBan(me: Me, input: { communityId: string; personId: string }): Promise<{ done: true }> {
  return transaction(async (tx) => {
    await beginChanges(tx, input.communityId);
    await authorizePermission(tx, me, input.communityId, "ban");
    if (await deleteBan(tx, input.communityId, input.personId)) {
      await recordAction(tx, me, input.communityId, { action: "ban_lifted", personId: input.personId });
    }
    return { done: true };
  });
}
