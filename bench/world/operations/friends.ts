/** Friends and communities: lists, requests, joining and leaving. */
import type { Operations, Place } from "#bench/world/operations/operation.ts";
import { sizesOf } from "#bench/world/sizes.ts";
import { acceptJoin, refuseJoin, withdrawJoin } from "#server/communities/decide.ts";
import { findByInvite } from "#server/communities/find.ts";
import { getCommunity, listCommunities, listMembers } from "#server/communities/get.ts";
import { addFriend } from "#server/communities/invites/add-friend.ts";
import { hashOfCode } from "#server/communities/invites/code.ts";
import { createInvite, listInvites, listInviteUses, revokeInvite } from "#server/communities/invites/links.ts";
import { countUse, readPreview } from "#server/communities/invites/store.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { leaveCommunity, removeFromCommunity } from "#server/communities/leave.ts";
import { updateCommunityMetadata } from "#server/communities/manage.ts";
import { banPerson, liftBan, listBanned } from "#server/communities/moderation/ban.ts";
import { readPendingAskers } from "#server/communities/store.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { acceptFriend } from "#server/friends/accept.ts";
import { aliasFriend } from "#server/friends/alias.ts";
import { blockPerson, unblockPerson } from "#server/friends/block.ts";
import { refuseFriend, withdrawRequest } from "#server/friends/decide.ts";
import { listFriends } from "#server/friends/list.ts";
import { removeFriend } from "#server/friends/remove.ts";
import { requestFriend } from "#server/friends/request.ts";
import { countFriends, findPerson } from "#server/friends/store.ts";

/** A community that its owner admits people to. */
const guarded = ({ id, me }: Place) => ({ communityId: id("community", 5), owner: me(81), asker: me(27) });

export const friendOperations: Operations = {
  "list friends": ({ me }) => listFriends(me(7)),
  "list friends after many refusals": ({ me }) => listFriends(me(3)),
  "count friends": ({ me }) => countFriends(sql(), me(7).personId),
  "find a person": async ({ world }) => {
    const none = { number: null, handle: null, mobile: null };
    await findPerson(sql(), { ...none, number: 1 });
    await findPerson(sql(), { ...none, handle: `world_${world.first + 7}` });
    await findPerson(sql(), { ...none, mobile: `+8613${String(world.first + 1).padStart(9, "0")}` });
  },
  "become friends and part": async ({ me }) => {
    const [asker, other] = [me(7), me(17)];
    await requestFriend(asker, { personId: other.personId });
    await withdrawRequest(asker, { personId: other.personId });
    await requestFriend(asker, { personId: other.personId });
    await refuseFriend(other, { personId: asker.personId });
    await requestFriend(asker, { personId: other.personId });
    await acceptFriend(other, { personId: asker.personId });
    await aliasFriend(asker, { personId: other.personId, alias: "someone" });
    await removeFriend(asker, { personId: other.personId });
  },
  "block and unblock": async ({ me }) => {
    await blockPerson(me(7), { personId: me(8).personId });
    await unblockPerson(me(7), { personId: me(8).personId });
  },
  "list communities": ({ me }) => listCommunities(me(81)),
  "get a community": async (place) => {
    const { communityId, owner } = guarded(place);
    await getCommunity(owner, { communityId });
  },
  "make a link, come by it, list who did, and revoke it": async (place) => {
    const { communityId, owner } = guarded(place);
    const { code, invite } = await createInvite(owner, { communityId, maxUses: 1 });
    await findByInvite(place.me(27), { code });
    await readPreview(sql(), hashOfCode(code));
    const link = { communityId, inviteId: invite.id };
    await transaction((tx) => countUse(tx, invite.id, place.me(27).personId));
    await listInvites(owner, link);
    await listInviteUses(owner, link);
    await revokeInvite(owner, link);
  },
  "add a friend to a community, who wants to be asked": async ({ me, id }) => {
    await addFriend(me(81), { communityId: id("community", 5), personId: me(82).personId });
  },
  "list the members of the large community": ({ me, id, world }) =>
    listMembers(me(7), { communityId: id("community", sizesOf(world).large) }),
  "list who waits for a community": (place) => readPendingAskers(sql(), guarded(place).communityId),
  "list who may not come back": (place) => {
    const { communityId, owner } = guarded(place);
    return listBanned(owner, { communityId });
  },
  "join and leave": async ({ me, id }) => {
    await joinCommunity(me(7), { communityId: id("community", 2) });
    await leaveCommunity(me(7), { communityId: id("community", 2) });
  },
  "ask to join, be refused, removed and let in again": async (place) => {
    const { communityId, owner, asker } = guarded(place);
    const { personId } = asker;
    await joinCommunity(asker, { communityId });
    await withdrawJoin(asker, { communityId });
    await joinCommunity(asker, { communityId });
    await refuseJoin(owner, { communityId, personId });
    await joinCommunity(asker, { communityId });
    await acceptJoin(owner, { communityId, personId });
    await removeFromCommunity(owner, { communityId, personId });
    await joinCommunity(asker, { communityId });
    await acceptJoin(owner, { communityId, personId });
    await banPerson(owner, { communityId, personId });
    await liftBan(owner, { communityId, personId });
  },
  "rename a community": (place) => {
    const { communityId, owner } = guarded(place);
    return updateCommunityMetadata(owner, { communityId, name: `Community ${Math.random()}` });
  },
};
