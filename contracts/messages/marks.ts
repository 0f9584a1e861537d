import * as z from "zod/mini";
import { conversationSettings } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";
import { ownAnswer } from "#contracts/messages/answers.ts";
import { message } from "#contracts/messages/message.ts";
import { count, id, positive, time } from "#contracts/text.ts";

/** Messages of one conversation, for what is done to several at once. */
const several = { conversationId: id, seqs: z.array(positive).check(z.minLength(1), z.maxLength(limits.markedAtOnce)) };

export const messageHideInput = z.object({ ...several, hidden: z.boolean() });
export type MessageHideInput = z.infer<typeof messageHideInput>;
/** `changed`: the messages that were not so before. `rev`: mine, at which the settings of the conversation are these. */
export const messageHideOutput = z.object({
  rev: count,
  changed: z.array(positive),
  settings: conversationSettings,
});
export type MessageHideOutput = z.infer<typeof messageHideOutput>;

export const messageStarInput = z.object({ ...several, starred: z.boolean() });
export type MessageStarInput = z.infer<typeof messageStarInput>;
/** `changed`: the messages that were not so before. `rev`: mine, at which it is so. */
export const messageStarOutput = z.object({ rev: count, changed: z.array(positive) });
export type MessageStarOutput = z.infer<typeof messageStarOutput>;

export const messageHearInput = z.object(several);
export type MessageHearInput = z.infer<typeof messageHearInput>;
/** `changed`: the voice messages that I had not played before. `rev`: mine, at which it is so. */
export const messageHearOutput = z.object({ rev: count, changed: z.array(positive) });
export type MessageHearOutput = z.infer<typeof messageHearOutput>;

/** What I alone marked and answered in a conversation, each rising; `rev` is mine. */
export const messageMarks = z.object({
  rev: count,
  /** Deleted for me: `messages.page` has them still. */
  hidden: z.array(positive),
  starred: z.array(positive),
  /** Voice messages that I have played: the newest `limits.heardVoices`; when there are so many, older ones count, too. */
  heard: z.array(positive),
  /** What I answered to polls and sign-ups: the last `limits.ownAnswers` of each. */
  answers: z.array(ownAnswer),
});
export type MessageMarks = z.infer<typeof messageMarks>;

const starCursor = z.object({ starredAt: time, conversationId: id, seq: positive });
export type StarCursor = z.infer<typeof starCursor>;
export const starredInput = z.object({
  /** The last of the page before. */
  after: z.optional(starCursor),
  limit: z.optional(positive.check(z.maximum(limits.page.max))),
});
export type StarredInput = z.infer<typeof starredInput>;
/** The last starred first; only what I may read now. `next`: where the next page begins, or null. */
export const starredPage = z.object({
  messages: z.array(z.object({ message, starredAt: time })),
  next: z.nullable(starCursor),
});
export type StarredPage = z.infer<typeof starredPage>;
