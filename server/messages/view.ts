import type { Message, Reaction } from "#contracts/messages/message.ts";

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
  changedAt: Date | null;
  reactions: Reaction[] | null;
  editedAt: Date | null;
  pinnedAt: Date | null;
};

/** The wire form of a message, made here and nowhere else. */
export function toMessage(row: Omit<MessageRow, "kind" | "changedAt">): Message {
  const message: Message = {
    conversationId: row.conversationId,
    seq: row.seq,
    rev: row.rev,
    senderId: row.senderId,
    clientId: row.clientId,
    content: row.content,
    preview: row.preview,
    sentAt: row.sentAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    reactions: row.reactions ?? [],
  };
  if (row.pinnedAt) message.pinnedAt = row.pinnedAt.toISOString();
  return message;
}
