import type { FriendList } from "#contracts/friends.ts";
import { readPersonRev } from "#server/conversations/store.ts";
import { snapshot } from "#server/db/sql.ts";
import { readBlocked, readFriends, readRequests } from "#server/friends/store.ts";
import { toFriend, toFriendRequest } from "#server/friends/view.ts";
import type { Me } from "#server/me.ts";
import { toPerson } from "#server/people/view.ts";

/** My friends, the pending requests in both directions and whom I blocked, with my rev, from one snapshot. */
export async function listFriends(me: Me): Promise<FriendList> {
  return snapshot(async (tx) => ({
    rev: await readPersonRev(tx, me.personId),
    friends: (await readFriends(tx, me.personId)).map(toFriend),
    requests: (await readRequests(tx, me.personId)).map(toFriendRequest),
    blocked: (await readBlocked(tx, me.personId)).map(toPerson),
  }));
}
