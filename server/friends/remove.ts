import { beginChanges } from "#server/conversations/ledger.ts";
import { transaction } from "#server/db/sql.ts";
import { endFriendship, readStanding } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Ends a friendship for both. The conversation stays readable and takes no new messages; its lock is taken, so a send
 * is either before this or refused.
 */
export async function removeFriend(me: Me, input: { personId: string }): Promise<{ done: true }> {
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId, input.personId], "not_friends");
    const standing = await readStanding(tx, me.personId, input.personId);
    if (!standing.friends || !standing.conversationId) throw new Refusal("not_friends");
    await beginChanges(tx, standing.conversationId);
    await endFriendship(tx, me.personId, input.personId);
    publishToPerson(people, me.personId, { type: "friend.removed", personId: input.personId });
    publishToPerson(people, input.personId, { type: "friend.removed", personId: me.personId });
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}
