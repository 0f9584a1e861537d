import { randomUUID } from "node:crypto";
import type { ConversationEnvelope } from "#contracts/bus.ts";
import type { Message } from "#contracts/messages/message.ts";
import type { Sending } from "#server/messages/send/batch.ts";
import { toMessage } from "#server/messages/view.ts";

/** Values that only the database knows stand as these marks; they are random, so no message can contain one. */
const secret = randomUUID();
const marks = { rev: `rev ${secret}`, seq: `seq ${secret}`, sentAt: `sentAt ${secret}`, content: `content ${secret}` };

/**
 * The bus envelope of a message that is not stored yet, as a template of Postgres' `format()`: %1$s is the rev, %2$s the
 * seq, %3$s the time, %4$s the content as JSON. `send_messages` puts them in, so the wire form is `toMessage`'s here too.
 */
export function eventForm({ conversationId, clientId, me, preview }: Sending): string {
  const sentAt = new Date(0);
  const numbered = {
    conversationId,
    clientId,
    senderId: me.personId,
    sentAt,
    reactions: null,
    editedAt: null,
    pinnedAt: null,
    preview,
  };
  // The marks are strings where numbers and the content will stand.
  const message = {
    ...toMessage({ ...numbered, seq: marks.seq as never, rev: marks.rev as never, content: marks.content as never }),
    sentAt: marks.sentAt,
  };
  return JSON.stringify(sentEnvelope(message))
    .replaceAll("%", "%%")
    .replaceAll(JSON.stringify(marks.rev), "%1$s")
    .replaceAll(JSON.stringify(marks.seq), "%2$s")
    .replaceAll(marks.sentAt, "%3$s")
    .replaceAll(JSON.stringify(marks.content), "%4$s");
}

/** The bus envelope of a message that was sent. */
export const sentEnvelope = (message: Message): ConversationEnvelope => {
  const { conversationId, rev } = message;
  return {
    conversationId,
    rev,
    event: { scope: "conversation", type: "message.sent", conversationId, rev, message },
  };
};
