import { limits } from "#contracts/limits.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { MessageChangeOutput, MessagePinInput } from "#contracts/messages/message.ts";
import { authorizeWriter } from "#server/conversations/authorize.ts";
import type { Me } from "#server/me.ts";
import { changeMessage } from "#server/messages/change-message.ts";
import { countPinned, mayPin } from "#server/messages/pins/store.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Pins a message in its conversation, with a notice that says so, or unpins it; repeating is harmless. Both people of a
 * direct conversation may, in a community members with the permission pin. Refuses `not_found`, `forbidden` for other members and for a kind
 * that is not pinned, `pinned_messages_limit_reached` for one more than `limits.pinnedMessages`, what refuses to write in
 * the conversation, and `rate_limited`.
 */
export async function pinMessage(
  me: Me,
  { conversationId, seq, pinned }: MessagePinInput,
): Promise<MessageChangeOutput> {
  await consumeRateLimit(`pin:${me.personId}`, rates.pin);
  const message = await changeMessage(me, { conversationId, seq }, async (tx, row) => {
    await authorizeWriter(tx, me, conversationId);
    if (!(await mayPin(tx, conversationId, me.personId))) throw new Refusal("forbidden");
    if (pinned === (row.pinnedAt !== null)) return null;
    if (!pinned) return { pinnedAt: null };
    if (!allows(row.kind, "pin")) throw new Refusal("forbidden");
    // Under the conversation's lock, so the limit holds for everyone together.
    if ((await countPinned(tx, conversationId)) >= limits.pinnedMessages) {
      throw new Refusal("pinned_messages_limit_reached");
    }
    return { pinnedAt: new Date(), notice: { notice: "message_pinned" as const, pinnedSeq: seq } };
  });
  return { message };
}
