import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { message } from "#contracts/messages/message.ts";
import { excerpt } from "#contracts/search/excerpt.ts";
import { count, id, positive, time } from "#contracts/text.ts";

/** What a message can be asked to have, whatever its kind. */
export const searchedParts = ["link", "file", "picture"] as const;
/** Kinds of messages that can be asked for. */
const searchedKinds = ["text", "image", "video", "file", "voice", "link", "location", "card", "record"] as const;

const cursor = z.object({ sentAt: time, conversationId: id, seq: positive });
export type SearchCursor = z.infer<typeof cursor>;

/**
 * Messages with all words of `query` (docs/search.md) and all that the other fields ask for; in a list, one of them. A
 * question without words, sender, kind or part finds nothing.
 */
export const searchInput = z.object({
  query: z.string().check(z.maxLength(limits.searchQuery.max, { error: "text_too_long" })),
  /** Only in these; everywhere unless said. */
  in: z.optional(z.array(id).check(z.maxLength(limits.searchedConversations))),
  /** Only from these people. */
  from: z.optional(z.array(id).check(z.maxLength(limits.searchedSenders))),
  kinds: z.optional(z.array(z.enum(searchedKinds))),
  has: z.optional(z.array(z.enum(searchedParts))),
  /** Sent at or after `since`, and before `until`. */
  since: z.optional(time),
  until: z.optional(time),
  /** The last of the page before. */
  after: z.optional(cursor),
  limit: z.optional(positive.check(z.maximum(limits.page.max))),
});
export type SearchInput = z.infer<typeof searchInput>;

/** The last sent first; only what I may read now. */
export const searchPage = z.object({
  hits: z.array(z.object({ message, excerpt })),
  next: z.nullable(cursor),
  /** On the first page: how many there are in each conversation, the most first. */
  counts: z.array(z.object({ conversationId: id, count })),
  /** False when there are so many that `counts` tells them by the index alone, and may be somewhat too high. */
  exact: z.boolean(),
  /** Messages of the last seconds are not found yet. */
  behind: z.boolean(),
});
export type SearchPage = z.infer<typeof searchPage>;

/** Times in rising order, as the beginnings of the days of a month with those around it. */
export const positionsInput = z.object({
  conversationId: id,
  times: z.array(time).check(z.maxLength(limits.positionsAtOnce)),
});
export type PositionsInput = z.infer<typeof positionsInput>;
/** For each time the first message that I may read and that was sent then or later; one more than the last for none. */
export const positions = z.object({ seqs: z.array(positive), firstSeq: positive, lastSeq: count });
export type Positions = z.infer<typeof positions>;
