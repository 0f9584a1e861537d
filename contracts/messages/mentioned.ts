import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { message } from "#contracts/messages/message.ts";
import { id, positive, time } from "#contracts/text.ts";

const mentionCursor = z.object({ sentAt: time, conversationId: id, seq: positive });
export type MentionCursor = z.infer<typeof mentionCursor>;

export const mentionedInput = z.object({
  /** The last of the page before. */
  after: z.optional(mentionCursor),
  limit: z.optional(positive.check(z.maximum(limits.page.max))),
});
export type MentionedInput = z.infer<typeof mentionedInput>;
/** The last sent first; only what I may read now, so a page may be short. `next`: where the next page begins, or null. */
export const mentionedPage = z.object({ messages: z.array(message), next: z.nullable(mentionCursor) });
export type MentionedPage = z.infer<typeof mentionedPage>;
