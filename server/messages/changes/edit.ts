import { isDeepStrictEqual } from "node:util";
import { limits } from "#contracts/limits.ts";
import { type Content, previewOf, withWords } from "#contracts/messages/kinds/index.ts";
import { plainWords } from "#contracts/messages/kinds/text.ts";
import type { MessageChangeOutput, MessageEditInput } from "#contracts/messages/message.ts";
import { authorizeWriter } from "#server/conversations/authorize.ts";
import type { Me } from "#server/me.ts";
import { changeMessage } from "#server/messages/change-message.ts";
import { countEdits, insertEdit } from "#server/messages/changes/store.ts";
import { checkMentions } from "#server/messages/kinds/text.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * The sender writes a message anew, its text or its caption, within `limits.editSeconds`. Earlier versions stay readable.
 * The same words again are harmless. Refuses `not_found`, `forbidden` for a message of another person or of a kind
 * without words, `edit_expired`, `edit_conflict` when the edited version is not the present one, `edits_limit_reached`,
 * words that the kind does not allow, mentions as for sending, what refuses to write in the conversation, and
 * `rate_limited`.
 */
export async function editMessage(me: Me, input: MessageEditInput): Promise<MessageChangeOutput> {
  const { conversationId, seq, editedAt } = input;
  const words = plainWords({ text: input.text, mentions: input.mentions });
  await consumeRateLimit(`edit:${me.personId}`, rates.edit);
  const message = await changeMessage(me, { conversationId, seq }, async (tx, row, rev) => {
    if (row.senderId !== me.personId) throw new Refusal("forbidden");
    await authorizeWriter(tx, me, conversationId);
    // Stored content has passed the schema of its kind.
    const content = withWords(row.content as Content, words);
    if (!content) throw new Refusal("forbidden");
    const preview = previewOf(content);
    if (isSame(content, row.content)) return null;
    if (Date.now() - row.sentAt.getTime() > limits.editSeconds * 1_000) throw new Refusal("edit_expired");
    if ((row.editedAt?.toISOString() ?? null) !== editedAt) throw new Refusal("edit_conflict");
    if ((await countEdits(tx, conversationId, seq)) >= limits.edits) throw new Refusal("edits_limit_reached");
    await checkMentions(tx, me, conversationId, words);
    await insertEdit(tx, row, rev);
    return { content, preview, editedAt: new Date() };
  });
  return { message };
}

/** Postgres keeps the keys of JSON in an order of its own. */
const isSame = (a: object, b: object) => isDeepStrictEqual(JSON.parse(JSON.stringify(a)), b);
