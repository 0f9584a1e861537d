import type { QuizOutput } from "#contracts/messages/answers.ts";
import type { ContentOf, Sendable } from "#contracts/messages/kinds/index.ts";
import { snapshot, type Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readAsking } from "#server/messages/answers/authorize.ts";
import { isClosed } from "#server/messages/answers/change-answer.ts";
import {
  insertQuizAnswer,
  type MessageKey,
  readQuizAnswer,
  readResults,
  readVote,
} from "#server/messages/answers/store.ts";
import { Refusal } from "#server/refusal.ts";

/** Whether more is stored of a draft than the content of its message. */
export const hasSecret = (draft: Sendable): boolean => draft.kind === "poll" && draft.quiz !== undefined;

/** Stores what a draft says beside its message, in the transaction that stored the message. */
export async function storeSecret(tx: Tx, key: MessageKey, draft: Sendable): Promise<void> {
  if (draft.kind === "poll" && draft.quiz) await insertQuizAnswer(tx, key, draft.quiz);
}

/**
 * The right answer of a quiz, for those who have voted, for its author, and for all when it is closed. Refuses `not_found`,
 * and `forbidden` before that and for what is no quiz.
 */
export async function getQuizAnswer(me: Me, key: MessageKey): Promise<QuizOutput> {
  return snapshot(async (tx) => {
    const row = await readAsking(tx, me, key, "poll");
    const content = row.content as ContentOf<"poll">; // stored content has passed the schema of its kind
    const mayKnow =
      row.senderId === me.personId ||
      isClosed(content, (await readResults(tx, key)).now) ||
      (await readVote(tx, key, me.personId)).length > 0;
    const answer = mayKnow ? await readQuizAnswer(tx, key) : null;
    if (!answer) throw new Refusal("forbidden");
    return answer;
  });
}
