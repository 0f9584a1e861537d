/** The end inside a measured program of the channel that `bench/processes.ts` holds: questions in, answers out. */
type Question = { id: number; question: unknown };

export function answerParent<Q>(ready: unknown, answer: (question: Q) => Promise<unknown>): void {
  process.on("message", async ({ id, question }: Question) => {
    try {
      // Both ends are files of one checkout, started together.
      process.send?.({ id, answer: await answer(question as Q) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.once("SIGTERM", () => process.exit(0)); // an orderly end: profiles are written at it
  process.send?.({ ready });
}
