/**
 * Delay before the next query after several questions came together, in milliseconds. Postgres answers in less than a
 * millisecond, so without a delay ten thousand reconnecting clients would cause queries for three or four people each,
 * and a query costs more than its rows. A person in such a storm waits two or three times for it.
 */
const coalesceDelayMs = 20;

/** Waits only after a batch of several: a single question is not delayed. */
export const coalesceDelay = (size: number) =>
  size > 1 ? new Promise<void>((resolve) => setTimeout(resolve, coalesceDelayMs)) : Promise.resolve();

/**
 * Combines single questions into one query: questions asked while a query is in flight go together into the next. An
 * idle process adds no delay, and a reconnect storm costs a few queries. A query gets at most `maxSize` questions;
 * `pause` is awaited after each query (by default `coalesceDelay`).
 */
export function batched<Question, Answer>(
  ask: (questions: Question[]) => Promise<(question: Question) => Answer>,
  { maxSize = 500, pause = coalesceDelay }: { maxSize?: number; pause?: (size: number) => Promise<void> } = {},
): (question: Question) => Promise<Answer> {
  type Waiting = { question: Question; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let busy = false;

  async function drain(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxSize);
      waiting = waiting.slice(maxSize);
      try {
        const answerFor = await ask(batch.map((one) => one.question));
        for (const one of batch) one.resolve(answerFor(one.question));
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
      await pause(batch.length);
    }
    busy = false;
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (!busy) void drain();
    });
}
