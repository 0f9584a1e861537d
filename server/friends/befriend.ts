import { limits } from "#contracts/limits.ts";
import { addMember, addNotice, beginChanges, commitChanges } from "#server/conversations/ledger.ts";
import { findByDirectKey, insertConversation } from "#server/conversations/store.ts";
import type { Tx } from "#server/db/sql.ts";
import { publishFriend, publishInboxAdded, publishRequest } from "#server/friends/publish.ts";
import { countFriends, decideRequest, ordered, upsertFriendship } from "#server/friends/store.ts";
import { commitPeopleChanges, type PeopleLedger } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Makes two locked people friends: the friendship, their one conversation (new, or the one they had), a notice in it,
 * and the end of the requests between them. `accepterId` is who said yes. The ledger of both people is closed here.
 */
export async function befriend(tx: Tx, people: PeopleLedger, accepterId: string, askerId: string): Promise<string> {
  for (const personId of [accepterId, askerId]) {
    if ((await countFriends(tx, personId)) >= limits.friends) throw new Refusal("friends_limit_reached");
  }
  const { low, high } = ordered(accepterId, askerId);
  const directKey = `${low}:${high}`;
  const known = await findByDirectKey(tx, directKey);
  const conversationId = known ?? (await insertConversation(tx, "direct", directKey));
  const ledger = await beginChanges(tx, conversationId);
  if (!known) for (const personId of [low, high]) await addMember(tx, ledger, personId, "member", true);
  await upsertFriendship(tx, low, high, conversationId);
  await addNotice(tx, ledger, accepterId, { notice: "friends_made", personId: askerId });
  await commitChanges(tx, ledger);

  for (const [fromId, toId] of [
    [askerId, accepterId],
    [accepterId, askerId],
  ] as const) {
    if (await decideRequest(tx, fromId, toId, "accepted")) await publishRequest(tx, people, fromId, toId);
  }
  await publishFriend(tx, people, accepterId, askerId);
  await publishFriend(tx, people, askerId, accepterId);
  for (const personId of [accepterId, askerId]) await publishInboxAdded(tx, people, personId, conversationId);
  await commitPeopleChanges(tx, people);
  return conversationId;
}
