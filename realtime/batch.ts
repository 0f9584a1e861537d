/**
 * Gathers single questions into one query: whatever is asked while a query is in flight is asked together in the next.
 * No timer, so an idle worker adds no delay, and a storm of returning clients costs a few queries.
 */
export function batched<Question, Answer>(
  ask: (questions: Question[]) => Promise<(question: Question) => Answer>,
  most = 500,
): (question: Question) => Promise<Answer> {
  type Waiting = { question: Question; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let busy = false;

  async function drain(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const answerFor = await ask(batch.map((one) => one.question));
        for (const one of batch) one.resolve(answerFor(one.question));
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    busy = false;
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (!busy) void drain();
    });
}
