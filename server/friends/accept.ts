import { transaction } from "#server/db/sql.ts";
import { befriend } from "#server/friends/befriend.ts";
import { readStanding } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/** Accepts the pending request of `personId`. Accepting twice answers the same conversation. */
export async function acceptFriend(me: Me, input: { personId: string }): Promise<{ conversationId: string }> {
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId, input.personId], "request_not_found");
    const standing = await readStanding(tx, me.personId, input.personId);
    if (standing.friends && standing.conversationId) return { conversationId: standing.conversationId };
    if (!standing.received) throw new Refusal("request_not_found");
    return { conversationId: await befriend(tx, people, me.personId, input.personId) };
  });
}
