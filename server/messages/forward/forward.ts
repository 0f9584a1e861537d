import type { Forwarded, MessageForwardInput, MessageForwardOutput } from "#contracts/messages/forward.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { deliver } from "#server/messages/forward/deliver.ts";
import { clientIdOf, packParcels, partsOf } from "#server/messages/forward/parcels.ts";
import { readSources } from "#server/messages/forward/sources.ts";
import { readKnown } from "#server/messages/forward/store.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Sends messages that I may read now to other conversations, each in a transaction of its own: one that refuses does not
 * hold up the others, and says why. The same call again sends what is missing and answers `duplicate` for the rest, also
 * when the messages are gone meanwhile. Refuses `not_found` and `forbidden` for what I may not forward,
 * `record_too_large`, and `rate_limited`; a target refuses what `sendMessage` refuses.
 */
export async function forwardMessages(me: Me, input: MessageForwardInput): Promise<MessageForwardOutput> {
  const missing = await readMissing(me, input);
  if (missing.every(({ parts }) => parts.length === 0)) {
    return { results: missing.map(({ conversationId }) => resultOf(conversationId, "duplicate")) };
  }
  await consumeRateLimit(`forward:${me.personId}`, rates.forward);
  const pack = packParcels(input, await readSources(me, input.conversationId, input.seqs));
  const results: Forwarded[] = [];
  for (const { conversationId, parts } of missing) {
    const deliveries = parts.map(({ part, clientId }) => ({ ...pack(part), clientId }));
    results.push(await deliverTo(me, conversationId, deliveries));
  }
  return { results };
}

/** For each target the parts that it does not have yet. */
async function readMissing(me: Me, input: MessageForwardInput) {
  const wanted = input.targets.map((conversationId) => ({
    conversationId,
    parts: partsOf(input).map((part) => ({ part, clientId: clientIdOf(input, conversationId, part) })),
  }));
  const known = await readKnown(
    sql(),
    me.personId,
    wanted.flatMap(({ conversationId, parts }) => parts.map(({ clientId }) => ({ conversationId, clientId }))),
  );
  return wanted.map(({ conversationId, parts }) => ({
    conversationId,
    parts: parts.filter(({ clientId }) => !known.has(clientId)),
  }));
}

async function deliverTo(
  me: Me,
  conversationId: string,
  deliveries: Parameters<typeof deliver>[2],
): Promise<Forwarded> {
  if (deliveries.length === 0) return resultOf(conversationId, "duplicate");
  try {
    return resultOf(conversationId, await deliver(me, conversationId, deliveries));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { retryAfter } = error.params;
    return { conversationId, outcome: "refused", reason: error.reason, retryAfter: Number(retryAfter ?? 0) || null };
  }
}

const resultOf = (conversationId: string, outcome: "stored" | "duplicate"): Forwarded => ({
  conversationId,
  outcome,
  reason: null,
  retryAfter: null,
});
