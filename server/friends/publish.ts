import { conversationOf } from "#server/conversations/get.ts";
import type { Tx } from "#server/db/sql.ts";
import { readFriends, readRequest } from "#server/friends/store.ts";
import { toFriend, toFriendRequest } from "#server/friends/view.ts";
import { type PeopleLedger, publishToPerson } from "#server/people/ledger.ts";

/** Both people of a request hear how it stands now, each from their own side. */
export async function publishRequest(tx: Tx, people: PeopleLedger, fromId: string, toId: string): Promise<void> {
  for (const viewerId of [fromId, toId]) {
    const row = await readRequest(tx, fromId, toId, viewerId);
    if (row) publishToPerson(people, viewerId, { type: "friend_request.changed", request: toFriendRequest(row) });
  }
}

export async function publishFriend(tx: Tx, people: PeopleLedger, meId: string, otherId: string): Promise<void> {
  const [row] = await readFriends(tx, meId, otherId);
  if (row) publishToPerson(people, meId, { type: "friend.changed", friend: toFriend(row) });
}

/** A conversation is new in a person's list, or is in it again. */
export async function publishInboxAdded(tx: Tx, people: PeopleLedger, personId: string, conversationId: string) {
  publishToPerson(people, personId, {
    type: "conversation.added",
    conversation: await conversationOf(tx, personId, conversationId),
  });
}
