import { isReason } from "#contracts/refusals.ts";
import { env } from "#server/env.ts";
import type { SendAnswer } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

/** Seconds of the steady rate that may be used at once: a paste of many lines, an outbox after a tunnel. */
const burstSeconds = 10;

/** What `im_send` is told about how fast a person may send. */
export function sendRates(): { rate: number; burst: number } {
  const { sendRate } = env();
  return { rate: sendRate, burst: sendRate * burstSeconds };
}

/** What `im_send` said no to. */
export function refusalFor({ outcome, wait }: SendAnswer): Refusal {
  if (!isReason(outcome)) return new Refusal("broken");
  return new Refusal(outcome, outcome === "too_fast" ? { retryAfter: wait } : {});
}
