import * as contract from "#contracts/messages/answers.ts";
import { messageChangeOutput } from "#contracts/messages/message.ts";
import { closeAnswers } from "#server/messages/answers/close.ts";
import { listEntries, listVoters } from "#server/messages/answers/list.ts";
import { getQuizAnswer } from "#server/messages/answers/quiz.ts";
import { removeEntry, signUp } from "#server/messages/answers/sign-up.ts";
import { vote } from "#server/messages/answers/vote.ts";
import { procedure, router } from "#server/trpc/init.ts";

/** Apart from the other procedures of messages, which the worker serves, too: it adds no jobs. */
export const answersRouter = router({
  /** Makes my vote in a poll, changes it, or takes it back. */
  vote: procedure
    .input(contract.voteInput)
    .output(contract.answerOutput)
    .mutation(({ ctx, input }) => vote(ctx.me, input)),

  /** The right answer of a quiz, once I have voted or it is closed. */
  quizAnswer: procedure
    .input(contract.quizInput)
    .output(contract.quizOutput)
    .query(({ ctx, input }) => getQuizAnswer(ctx.me, input)),

  /** Who voted for an option of a poll that is not anonymous. */
  voters: procedure
    .input(contract.votersInput)
    .output(contract.voterPage)
    .query(({ ctx, input }) => listVoters(ctx.me, input)),

  /** Adds an entry of mine to a sign-up, or writes it anew. */
  signUp: procedure
    .input(contract.signUpInput)
    .output(contract.answerOutput)
    .mutation(({ ctx, input }) => signUp(ctx.me, input)),

  /** Takes an entry of mine back. */
  removeEntry: procedure
    .input(contract.removeEntryInput)
    .output(contract.answerOutput)
    .mutation(({ ctx, input }) => removeEntry(ctx.me, input)),

  /** The entries of a sign-up in their order. */
  entries: procedure
    .input(contract.entriesInput)
    .output(contract.entryPage)
    .query(({ ctx, input }) => listEntries(ctx.me, input)),

  /** Its author closes a poll or sign-up. */
  closeAnswers: procedure
    .input(contract.closeAnswersInput)
    .output(messageChangeOutput)
    .mutation(({ ctx, input }) => closeAnswers(ctx.me, input)),
});
