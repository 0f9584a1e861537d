import { authorizeMember } from "#server/conversations/authorize.ts";
import { moveReadMark } from "#server/conversations/store.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";

/** Moves my read mark up to `seq` (at most the last message); never back. My other devices hear of it. */
export async function markRead(
  me: Me,
  input: { conversationId: string; seq: number },
): Promise<{ lastReadSeq: number }> {
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    const membership = await authorizeMember(tx, me, input.conversationId);
    const lastReadSeq = await moveReadMark(tx, input.conversationId, me.personId, input.seq);
    if (lastReadSeq === null) return { lastReadSeq: membership.lastReadSeq };
    publishToPerson(people, me.personId, {
      type: "read_marker.changed",
      conversationId: input.conversationId,
      lastReadSeq,
    });
    await commitPeopleChanges(tx, people);
    return { lastReadSeq };
  });
}
