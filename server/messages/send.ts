import { isDeepStrictEqual } from "node:util";
import type { MessageSendInput, MessageSendOutput } from "#contracts/messages.ts";
import { accessConversation } from "#server/conversations/access.ts";
import { addMessage, closeLedger, openLedger } from "#server/conversations/ledger.ts";
import { transaction } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { requireWriting } from "#server/messages/access.ts";
import { findByClientId } from "#server/messages/store.ts";
import { toMessage } from "#server/messages/view.ts";
import { spend } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/** Seconds of the steady rate that may be used at once: a paste of many lines, an outbox after a tunnel. */
const burstSeconds = 10;

/**
 * Stores one message and tells everyone, in one transaction. The same `clientId` from the same sender answers
 * `duplicate` with the first row, so a retry is always safe; with different content it is refused
 * (`client_id_reused`). Refuses `not_found`, `conversation_closed`, `not_friends`, `blocked_by_me`, `not_accepted`,
 * `too_fast`.
 */
export async function sendMessage(me: Me, input: MessageSendInput): Promise<MessageSendOutput> {
  const { sendRate } = env();
  await spend(`send:${me.personId}`, { burst: sendRate * burstSeconds, perMinute: sendRate * 60 });
  return transaction(async (tx) => {
    const ledger = await openLedger(tx, input.conversationId);
    await accessConversation(tx, me, input.conversationId);
    const earlier = await findByClientId(tx, input.conversationId, me.personId, input.clientId);
    if (earlier) {
      if (!isDeepStrictEqual(earlier.content, input.content)) throw new Refusal("client_id_reused");
      return { outcome: "duplicate", message: toMessage(earlier) };
    }
    await requireWriting(tx, me, ledger.conversation);
    const row = await addMessage(tx, ledger, { ...input, senderId: me.personId });
    await closeLedger(tx, ledger);
    return { outcome: "stored", message: toMessage(row) };
  });
}
