import { limits } from "#contracts/limits.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { MessageChangeOutput, MessageReactInput } from "#contracts/messages/message.ts";
import { authorizeWriter } from "#server/conversations/authorize.ts";
import type { Me } from "#server/me.ts";
import { changeMessage } from "#server/messages/change-message.ts";
import { countReactions, writeReaction } from "#server/messages/changes/store.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Adds one of my reactions to a message (`reacted`) or removes it; repeating is harmless. Refuses `not_found`,
 * `forbidden` for a kind without reactions, `reactions_limit_reached` for one more emoji than `limits.reactions`, what
 * refuses to write in the conversation, and `rate_limited`.
 */
export async function reactToMessage(me: Me, input: MessageReactInput): Promise<MessageChangeOutput> {
  const { conversationId, seq, emoji, reacted } = input;
  await consumeRateLimit(`react:${me.personId}`, rates.reaction);
  const message = await changeMessage(me, { conversationId, seq }, async (tx, row, rev) => {
    await authorizeWriter(tx, me, conversationId);
    if (!allows(row.kind, "react")) throw new Refusal("forbidden");
    const key = { conversationId, seq, personId: me.personId, emoji };
    if (!(await writeReaction(tx, key, { rev, reacted }))) return null;
    const reactions = await countReactions(tx, conversationId, seq);
    if (reactions.length > limits.reactions) throw new Refusal("reactions_limit_reached");
    return {
      reactions: reactions.length > 0 ? reactions : null,
      reactionChanges: [{ personId: me.personId, emoji, reacted }],
    };
  });
  return { message };
}
