import type { Content } from "#contracts/kinds/index.ts";
import type { Tx } from "#server/db/sql.ts";
import type { MessageRow } from "#server/messages/view.ts";

export const messageColumns = (tx: Tx) =>
  tx`m.conversation_id, m.seq, m.rev, m.sender_id, m.client_id, m.kind, m.content, m.preview, m.sent_at`;

export type NewMessage = {
  conversationId: string;
  seq: number;
  rev: number;
  senderId: string;
  clientId: string;
  content: Content;
  preview: string;
};

export async function insertMessage(tx: Tx, message: NewMessage): Promise<MessageRow> {
  const [row] = await tx<MessageRow[]>`
    insert into messages as m (conversation_id, seq, rev, sender_id, client_id, kind, content, preview)
    values (${message.conversationId}, ${message.seq}, ${message.rev}, ${message.senderId}, ${message.clientId},
      ${message.content.kind}, ${tx.json(message.content)}, ${message.preview})
    returning ${messageColumns(tx)}
  `;
  if (!row) throw new Error("insert returned no message");
  return row;
}

export async function findByClientId(
  tx: Tx,
  conversationId: string,
  senderId: string,
  clientId: string,
): Promise<MessageRow | null> {
  const [row] = await tx<MessageRow[]>`
    select ${messageColumns(tx)} from messages m
    where m.conversation_id = ${conversationId} and m.sender_id = ${senderId} and m.client_id = ${clientId}
  `;
  return row ?? null;
}

/** Up to `limit` messages below `before`, newest first; never below `fromSeq`. */
export async function readOlder(tx: Tx, conversationId: string, fromSeq: number, before: number, limit: number) {
  return tx<MessageRow[]>`
    select ${messageColumns(tx)} from messages m
    where m.conversation_id = ${conversationId} and m.seq < ${before} and m.seq >= ${fromSeq}
    order by m.seq desc limit ${limit}
  `;
}

/** Up to `limit` messages above `after`, oldest first; never below `fromSeq`. */
export async function readNewer(tx: Tx, conversationId: string, fromSeq: number, after: number, limit: number) {
  return tx<MessageRow[]>`
    select ${messageColumns(tx)} from messages m
    where m.conversation_id = ${conversationId} and m.seq > ${after} and m.seq >= ${fromSeq}
    order by m.seq limit ${limit}
  `;
}
