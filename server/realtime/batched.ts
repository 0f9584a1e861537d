/**
 * When several asked at once, more are on their way: so long the next query waits for them. Postgres answers in less
 * than a millisecond, so without it ten thousand returning clients would make queries of three or four, and a query
 * costs more than its rows. A person who returns in a crowd waits two or three times for it.
 */
export const coalesceDelayMs = 20;

/** Waits for others only behind a crowd: whoever comes alone is not made to. */
export const coalesceDelay = (size: number) =>
  size > 1 ? new Promise<void>((resolve) => setTimeout(resolve, coalesceDelayMs)) : Promise.resolve();

/**
 * Gathers single questions into one query: whatever is asked while a query is in flight is asked together in the next.
 * An idle process adds no delay, and a storm of returning clients costs a few queries. `most` questions are asked at
 * once; `pause` is awaited after each query (by default `gather`).
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
