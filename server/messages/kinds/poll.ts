import type { ResolveDraft } from "#server/messages/resolve-draft.ts";

/** A poll without answers. The right one of a quiz stays out of it (`server/messages/answers/quiz.ts`). */
export const resolvePoll: ResolveDraft<"poll"> = async ({ draft }) => {
  const { kind, question, options, multiple, anonymous, closesAt, quiz } = draft;
  const asked = { kind, question, options, multiple, anonymous, closesAt, quiz: quiz !== undefined };
  return { ...asked, closedAt: null, voters: 0, votes: options.map(() => 0) };
};
