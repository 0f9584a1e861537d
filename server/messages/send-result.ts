import { isReason } from "#contracts/refusals.ts";
import { env } from "#server/env.ts";
import type { SendAnswer } from "#server/messages/store.ts";
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
  return new Refusal(outcome, outcome === "rate_limited" ? { retryAfter: wait } : {});
}
