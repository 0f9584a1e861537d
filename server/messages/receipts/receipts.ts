import type { LastReceiptsOutput, ReceiptsOutput } from "#contracts/receipts.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readLastMarks, readMarks } from "#server/messages/receipts/store.ts";

/**
 * How far each other member has received and read a conversation, of those who share it; none while I do not share mine,
 * or where more than `limits.receiptMembers` are. Refuses `not_found` where I am not a member.
 */
export async function listReceipts(me: Me, { conversationId }: { conversationId: string }): Promise<ReceiptsOutput> {
  return snapshot(async (tx) => {
    await authorizeMember(tx, me, conversationId);
    const rows = await readMarks(tx, conversationId, me.personId);
    return { marks: rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() })) };
  });
}

/** The same for my latest conversations with a last message of mine, for all recipients together. */
export async function listLastReceipts(me: Me): Promise<LastReceiptsOutput> {
  return snapshot(async (tx) => ({ receipts: await readLastMarks(tx, me.personId) }));
}
