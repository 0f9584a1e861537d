import { previewOf } from "#contracts/kinds/index.ts";
import type { MessageSendInput, MessageSendOutput } from "#contracts/messages.ts";
import type { Me } from "#server/me.ts";
import { enqueue } from "#server/messages/batch.ts";

/**
 * Stores one message and tells everyone, in one transaction with whatever else is being sent at this moment. The same
 * `clientId` from the same sender answers `duplicate` with the first message, so a retry is always safe; with different
 * content it is refused (`client_id_reused`). Refuses `not_found`, `conversation_closed`, `not_friends`,
 * `blocked_by_me`, `not_accepted`, `too_fast`. The rules are in the SQL function `im_send`, under the row's lock.
 */
export async function sendMessage(me: Me, input: MessageSendInput): Promise<MessageSendOutput> {
  const { outcome, seq, rev, sentAt } = await enqueue({ ...input, me });
  const { conversationId, clientId, content } = input;
  const preview = previewOf(content);
  return {
    outcome,
    message: {
      conversationId,
      seq,
      rev,
      senderId: me.personId,
      clientId,
      content,
      preview,
      sentAt: sentAt.toISOString(),
    },
  };
}
