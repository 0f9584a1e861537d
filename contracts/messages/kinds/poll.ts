import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { count, nameLine, optionalLine, time } from "#contracts/text.ts";

const { options, question, option, explanation } = limits.poll;

const asked = {
  kind: z.literal("poll"),
  question: nameLine(question.max),
  options: z.array(nameLine(option.max)).check(
    z.minLength(options.min),
    z.maxLength(options.max),
    z.refine((all) => new Set(all).size === all.length, { error: "invalid_input" }),
  ),
  /** Whether one person may choose several options. */
  multiple: z.boolean(),
  /** Whether who voted for what is told to no one. */
  anonymous: z.boolean(),
  /** Votes are taken until then; null: until its author closes it. */
  closesAt: z.nullable(time),
};

/** `correct`: the index of the right option. Stored apart from the message, and told to those who have voted. */
const quiz = z.object({ correct: count, explanation: optionalLine(explanation.max) });

const draft = z.object({ ...asked, quiz: z.optional(quiz) }).check(
  z.refine(({ quiz, multiple, options }) => !quiz || (!multiple && quiz.correct < options.length), {
    error: "invalid_input",
  }),
);

/** A poll as its draft asks it, without answers. The right one of a quiz stays out of it. */
export const unansweredPoll = ({ quiz, ...asked }: z.infer<typeof draft>) => ({
  ...asked,
  quiz: quiz !== undefined,
  closedAt: null,
  voters: 0,
  votes: asked.options.map(() => 0),
});

/** 投票. Its results are as old as the last change of the message (`server/messages/answers/`). */
export const poll = {
  draft,
  schema: z.object({
    ...asked,
    quiz: z.boolean(),
    /** When its author closed it. */
    closedAt: z.nullable(time),
    /** People who have voted, and the votes of each option. */
    voters: count,
    votes: z.array(count),
  }),
  label: "Poll",
  preview: (content: { question: string }) => content.question,
  searched: (content: { question: string; options: string[] }) => [content.question, ...content.options].join("\n"),
  /** Votes belong to the people who were asked: others get the question. */
  forwards: (content: { question: string; options: string[] }) => ({
    kind: "text" as const,
    text: [content.question, ...content.options.map((option) => `• ${option}`)].join("\n"),
  }),
};
