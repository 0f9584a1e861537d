import type { CloseAnswersInput } from "#contracts/messages/answers.ts";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";
import type { MessageChangeOutput } from "#contracts/messages/message.ts";
import { authorizeWriter } from "#server/conversations/authorize.ts";
import type { Me } from "#server/me.ts";
import { isClosed } from "#server/messages/answers/change-answer.ts";
import { contentNow } from "#server/messages/answers/content-now.ts";
import { readResults, writePublished } from "#server/messages/answers/store.ts";
import { changeMessage } from "#server/messages/change-message.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Its author closes a poll or sign-up: the message says the final results. Repeating is harmless. Refuses `not_found`,
 * `forbidden` for other people and kinds, and what refuses to write in the conversation.
 */
export async function closeAnswers(me: Me, { conversationId, seq }: CloseAnswersInput): Promise<MessageChangeOutput> {
  const key = { conversationId, seq };
  const message = await changeMessage(me, key, async (tx, row) => {
    await authorizeWriter(tx, me, conversationId);
    const isAsking = row.kind === "poll" || row.kind === "signup";
    if (!isAsking || row.senderId !== me.personId) throw new Refusal("forbidden");
    const content = row.content as ContentOf<"poll" | "signup">; // stored content has passed the schema of its kind
    const results = await readResults(tx, key);
    if (isClosed(content, results.now)) return null;
    await writePublished(tx, key);
    const closed = { ...content, closedAt: results.now.toISOString() };
    return { content: await contentNow(tx, key, closed, results), preview: row.preview };
  });
  return { message };
}
