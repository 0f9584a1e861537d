import type { MessageSendInput, MessageSendOutput } from "#contracts/messages/message.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { enqueue } from "#server/messages/batch.ts";
import { resolveDraft } from "#server/messages/resolve-draft.ts";
import { readSent } from "#server/messages/store.ts";
import { toSent } from "#server/messages/view.ts";

/**
 * Stores one message and tells everyone, in one transaction with whatever else is being sent at this moment. The same
 * `clientId` from the same sender answers `duplicate` with the first message, so a retry is always safe; with different
 * content it is refused (`client_id_reused`). Refuses `not_found`, `conversation_closed`, `not_friends`,
 * `blocked_by_me`, `recipient_refuses`, `rate_limited`, `file_not_found`, and what `settle` refuses. The rules are in the SQL
 * function `send_messages`, under the row's lock.
 */
export async function sendMessage(me: Me, input: MessageSendInput): Promise<MessageSendOutput> {
  const { conversationId, clientId } = input;
  const content = await resolveDraft(me, conversationId, input.content).catch(async (error: unknown) => {
    // What a message points to may be gone since it was stored; a retry still finds the message.
    const known = await readSent(sql(), conversationId, me.personId, clientId);
    if (known?.content.kind !== input.content.kind) throw error;
    return known.content;
  });
  const sending = { conversationId, clientId, content, me };
  return toSent(sending, await enqueue(sending));
}
