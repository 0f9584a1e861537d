import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { message } from "#contracts/messages/message.ts";
import { person } from "#contracts/people.ts";
import { count, id, optionalLine, positive, time } from "#contracts/text.ts";

const messageRef = { conversationId: id, seq: positive };
const choice = count.check(z.maximum(limits.poll.options.max - 1));

/** What I answered to a poll (the indices of my choices, rising) or a sign-up; nothing in either: nothing. */
export const ownAnswer = z.object({
  seq: positive,
  choices: z.array(count),
  /** In the order in which I added them. */
  entries: z.array(z.object({ id, text: z.string() })),
});
export type OwnAnswer = z.infer<typeof ownAnswer>;

/** `message`: as it was told last. `rev`: mine, at which this is my answer. */
export const answerOutput = z.object({ message, rev: count, answer: ownAnswer });
export type AnswerOutput = z.infer<typeof answerOutput>;

/** All that I choose; nothing takes my vote back. */
export const voteInput = z.object({
  ...messageRef,
  choices: z.array(choice).check(
    z.maxLength(limits.poll.options.max),
    z.refine((all) => new Set(all).size === all.length),
  ),
});
export type VoteInput = z.infer<typeof voteInput>;

export const quizInput = z.object(messageRef);
export const quizOutput = z.object({ correct: count, explanation: z.string() });
export type QuizOutput = z.infer<typeof quizOutput>;

const voterCursor = z.object({ votedAt: time, personId: id });
export type VoterCursor = z.infer<typeof voterCursor>;
export const votersInput = z.object({
  ...messageRef,
  option: choice,
  /** The last of the page before. */
  after: z.optional(voterCursor),
  limit: z.optional(positive.check(z.maximum(limits.page.max))),
});
export type VotersInput = z.infer<typeof votersInput>;
/** By the time of their votes. `next`: where the next page begins, or null. */
export const voterPage = z.object({
  voters: z.array(z.object({ person, votedAt: time })),
  next: z.nullable(voterCursor),
});
export type VoterPage = z.infer<typeof voterPage>;

/** `entryId`: of the device's choice; one that I have added is written anew. */
export const signUpInput = z.object({ ...messageRef, entryId: id, text: optionalLine(limits.signup.entry.max) });
export type SignUpInput = z.infer<typeof signUpInput>;
export const removeEntryInput = z.object({ ...messageRef, entryId: id });
export type RemoveEntryInput = z.infer<typeof removeEntryInput>;

export const entriesInput = z.object({
  ...messageRef,
  /** The position of the last of the page before. */
  after: z.optional(positive),
  limit: z.optional(positive.check(z.maximum(limits.page.max))),
});
export type EntriesInput = z.infer<typeof entriesInput>;
/** In their order. `next`: the last position of the page, or null where it is the last page. */
export const entryPage = z.object({
  entries: z.array(z.object({ id, position: positive, person, text: z.string() })),
  next: z.nullable(positive),
});
export type EntryPage = z.infer<typeof entryPage>;

export const closeAnswersInput = z.object(messageRef);
export type CloseAnswersInput = z.infer<typeof closeAnswersInput>;
