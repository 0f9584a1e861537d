import { limits } from "#contracts/limits.ts";
import type { AnswerOutput, OwnAnswer } from "#contracts/messages/answers.ts";
import type { Content, ContentOf } from "#contracts/messages/kinds/index.ts";
import { authorizeWriter } from "#server/conversations/authorize.ts";
import { type Tx, transaction } from "#server/db/sql.ts";
import { addJob } from "#server/jobs/add-job.ts";
import type { Me } from "#server/me.ts";
import { contentNow } from "#server/messages/answers/content-now.ts";
import { type MessageKey, type Results, readResults, writeResults } from "#server/messages/answers/store.ts";
import { changeMessageWithin } from "#server/messages/change-message.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

export type Asking = "poll" | "signup";
const closedAs = { poll: "poll_closed", signup: "signup_closed" } as const;

/** My answer and the counts after it. */
type Answered = { answer: OwnAnswer; results: Results };

/**
 * The one road for my answer to a poll or sign-up: the lock, and the rules of who may write, that reactions have. `decide`
 * writes the answer under the lock and returns it with the counts; null: nothing changes. The answer is told to my devices
 * at once, the counts to all members at most once in `limits.resultsMs`: with this answer, or by a job that this
 * transaction adds. Refuses `not_found`, `forbidden` for a message of another kind, `poll_closed` and `signup_closed`, what
 * refuses to write in the conversation, and `rate_limited`.
 */
export async function changeAnswer<K extends Asking>(
  me: Me,
  key: MessageKey,
  kind: K,
  decide: (tx: Tx, content: ContentOf<K>, results: Results) => Promise<Answered | null>,
  readAnswer: (tx: Tx) => Promise<OwnAnswer>,
): Promise<AnswerOutput> {
  await consumeRateLimit(`answer:${me.personId}`, rates.reaction);
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    let answer: OwnAnswer | null = null;
    const message = await changeMessageWithin(tx, me, key, async (tx, row) => {
      await authorizeWriter(tx, me, key.conversationId);
      if (row.kind !== kind) throw new Refusal("forbidden");
      const content = row.content as ContentOf<K>; // stored content has passed the schema of its kind
      const results = await readResults(tx, key);
      if (isClosed(content, results.now)) throw new Refusal(closedAs[kind]);
      const answered = await decide(tx, content, results);
      if (!answered) return null;
      ({ answer } = answered);
      const changed = await publishSoon(tx, key, content, answered.results);
      return changed && { content: changed, preview: row.preview };
    });
    if (answer) {
      publishToPerson(people, me.personId, { type: "answer.changed", conversationId: key.conversationId, answer });
    }
    await commitPeopleChanges(tx, people);
    return { message, rev: people.revs.get(me.personId) ?? 0, answer: answer ?? (await readAnswer(tx)) };
  });
}

export const isClosed = (content: ContentOf<Asking>, now: Date): boolean =>
  content.closedAt !== null || (content.closesAt !== null && new Date(content.closesAt) <= now);

/** The content to tell now; null: it is told by the job that waits. */
async function publishSoon(
  tx: Tx,
  key: MessageKey,
  content: ContentOf<Asking>,
  results: Results,
): Promise<Content | null> {
  const { age, publishDue } = results;
  const isNow = age === null || age >= limits.resultsMs;
  await writeResults(tx, key, { ...results, publishDue: !isNow }, isNow);
  if (isNow) return contentNow(tx, key, content, results);
  if (!publishDue) {
    const runAt = new Date(results.now.getTime() - age + limits.resultsMs);
    const { conversationId, seq } = key;
    const options = { runAt, key: `results ${conversationId} ${seq}` };
    await addJob(tx, "messages:publish-results", { conversationId, seq }, options);
  }
  return null;
}
