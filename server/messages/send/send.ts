import { mentionsEveryone, previewOf } from "#contracts/messages/kinds/index.ts";
import type { MessageSendInput, MessageSendOutput } from "#contracts/messages/message.ts";
import { sql, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { hasSecret } from "#server/messages/answers/quiz.ts";
import { resolveDraft } from "#server/messages/resolve-draft.ts";
import { enqueue } from "#server/messages/send/batch.ts";
import { sendInTransaction } from "#server/messages/send/send-in-transaction.ts";
import { toSendOutput } from "#server/messages/send/send-result.ts";
import { readSent } from "#server/messages/store.ts";

/**
 * Stores one message and publishes it, in one transaction with other messages that are sent at this moment. The same
 * `clientId` from the same sender answers `duplicate` with the stored message as it is now, so a retry is always safe;
 * with different content it is refused (`client_id_reused`). Refuses what `write_refusal` refuses, `rate_limited`,
 * `file_not_found`, and what `resolveDraft` refuses. The rules are in the SQL function `send_messages`, under the
 * conversation's lock.
 */
export async function sendMessage(me: Me, input: MessageSendInput): Promise<MessageSendOutput> {
  const { conversationId, clientId } = input;
  const content = await resolveDraft(me, conversationId, input.content).catch(async (error: unknown) => {
    // What a message points to may be gone since it was stored; a retry still finds the message.
    const known = await readSent(sql(), conversationId, me.personId, clientId);
    if (!known || (known.changedAt === null && known.content.kind !== input.content.kind)) throw error;
    return known.content;
  });
  if (mentionsEveryone(content) || hasSecret(input.content)) {
    return transaction((tx) => sendInTransaction(tx, me, { conversationId, clientId, content, draft: input.content }));
  }
  const sending = { conversationId, clientId, content, me, preview: previewOf(content) };
  return toSendOutput(sql(), sending, await enqueue(sending));
}
