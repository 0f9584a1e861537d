import type { Message } from "#contracts/messages.ts";

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
