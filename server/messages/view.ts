import { type Content, previewOf } from "#contracts/messages/kinds/index.ts";
import type { Message, MessageSendOutput } from "#contracts/messages/message.ts";
import type { Me } from "#server/me.ts";

export type MessageRow = {
  conversationId: string;
  seq: number;
  rev: number;
  senderId: string;
  clientId: string;
  kind: string;
  content: { kind: string };
  preview: string;
  sentAt: Date;
};

export function toMessage(row: MessageRow): Message {
  return {
    conversationId: row.conversationId,
    seq: row.seq,
    rev: row.rev,
    senderId: row.senderId,
    clientId: row.clientId,
    content: row.content,
    preview: row.preview,
    sentAt: row.sentAt.toISOString(),
  };
}

/** The answer to a send: the message with the numbers that `send_messages` gave it. */
export function toSent(
  { conversationId, clientId, content, me }: { conversationId: string; clientId: string; content: Content; me: Me },
  { outcome, seq, rev, sentAt }: { outcome: "stored" | "duplicate"; seq: number; rev: number; sentAt: Date },
): MessageSendOutput {
  const senderId = me.personId;
  const preview = previewOf(content);
  const message = { conversationId, seq, rev, senderId, clientId, content, preview, sentAt: sentAt.toISOString() };
  return { outcome, message };
}
