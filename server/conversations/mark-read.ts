import { authorizeMember } from "#server/conversations/authorize.ts";
import { moveReadMark } from "#server/conversations/store.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges, publishReceipts, publishToPerson } from "#server/people/ledger.ts";

/**
 * Moves my read mark up to `seq` (at most the last message); never back. My other devices hear of it, and so do the other
 * members where receipts are shared.
 */
export async function markRead(
  me: Me,
  input: { conversationId: string; seq: number },
): Promise<{ lastReadSeq: number }> {
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    const membership = await authorizeMember(tx, me, input.conversationId);
    const moved = await moveReadMark(tx, input.conversationId, me.personId, input.seq);
    if (!moved) return { lastReadSeq: membership.lastReadSeq };
    const { lastReadSeq, hiddenFrom } = moved;
    publishToPerson(people, me.personId, {
      type: "read_marker.changed",
      conversationId: input.conversationId,
      lastReadSeq,
    });
    if (hiddenFrom) {
      const changes = [{ personId: me.personId, readSeq: lastReadSeq }];
      publishReceipts(people, { receipts: { conversationId: input.conversationId, changes }, hiddenFrom });
    }
    await commitPeopleChanges(tx, people);
    return { lastReadSeq };
  });
}
