import type { MessageSendOutput } from "#contracts/messages/message.ts";
import { isReason } from "#contracts/refusals.ts";
import type { Tx } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Sending, Sent } from "#server/messages/send/batch.ts";
import { readSent, type SendAnswer } from "#server/messages/store.ts";
import { toMessage } from "#server/messages/view.ts";
import { Refusal } from "#server/refusal.ts";

/** Seconds of the steady rate that may be used at once: a paste of many lines, an outbox after a tunnel. */
const burstSeconds = 10;

/** What `send_messages` is told about how fast a person may send. */
export function sendRates(): { rate: number; burst: number } {
  const { messageRateLimit } = env();
  return { rate: messageRateLimit, burst: messageRateLimit * burstSeconds };
}

/** What `send_messages` said no to. */
export function refusalFor({ outcome, wait }: SendAnswer): Refusal {
  if (!isReason(outcome)) return new Refusal("internal_error");
  return new Refusal(outcome, wait === null ? {} : { retryAfter: wait });
}

/** The result of a send: of a stored message its new numbers, of a duplicate the message as it is now. */
export async function toSendOutput(
  tx: Tx,
  { conversationId, clientId, content, preview, me: { personId: senderId } }: Sending,
  { outcome, seq, rev, sentAt }: Sent,
): Promise<MessageSendOutput> {
  const known = outcome === "duplicate" ? await readSent(tx, conversationId, senderId, clientId) : null;
  const numbered = { conversationId, clientId, senderId, content, seq, rev, sentAt };
  return {
    outcome,
    message: toMessage(known ?? { ...numbered, preview, reactions: null, editedAt: null, pinnedAt: null }),
  };
}
