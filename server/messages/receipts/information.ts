import type { Information, Recipient } from "#contracts/receipts.ts";
import { snapshot, type Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { countEdits } from "#server/messages/changes/store.ts";
import { type RecipientRow, readOwnDevices, readRecipients } from "#server/messages/receipts/store.ts";
import { mayRead, readMessage } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * The passport of a message that I may read: when it was stored, its numbers, its edits and which of my devices have it;
 * of my own also who has received and read it. Refuses `not_found`.
 */
export async function getInformation(
  me: Me,
  { conversationId, seq }: { conversationId: string; seq: number },
): Promise<Information> {
  return snapshot(async (tx) => {
    const message = (await mayRead(tx, conversationId, me.personId, seq))
      ? await readMessage(tx, conversationId, seq)
      : null;
    if (!message) throw new Refusal("not_found");
    const devices = await readOwnDevices(tx, conversationId, me.personId, seq);
    return {
      seq,
      rev: message.rev,
      storedAt: message.sentAt.toISOString(),
      editedAt: message.editedAt?.toISOString() ?? null,
      edits: await countEdits(tx, conversationId, seq),
      devices: devices.map(({ device, deliveredAt }) => ({ device, at: deliveredAt.toISOString() })),
      ...(await recipientsOf(tx, me, conversationId, seq)),
    };
  });
}

async function recipientsOf(tx: Tx, me: Me, conversationId: string, seq: number) {
  const rows = await readRecipients(tx, conversationId, me.personId, seq);
  if (rows.length === 0) return { recipients: null, hidden: 0 };
  const sharing = rows.filter((row) => row.sharesReceipts);
  return { recipients: sharing.map((row) => toRecipient(row, seq)), hidden: rows.length - sharing.length };
}

function toRecipient({ personId, readSeq, readAt, deliveredAt }: RecipientRow, seq: number): Recipient {
  if (readSeq >= seq) return { personId, state: "read", at: readAt?.toISOString() ?? null };
  if (deliveredAt) return { personId, state: "delivered", at: deliveredAt.toISOString() };
  return { personId, state: "sent", at: null };
}
