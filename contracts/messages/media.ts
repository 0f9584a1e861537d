import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { message } from "#contracts/messages/message.ts";
import { id, positive, sequenceNumber } from "#contracts/text.ts";

/** What is listed together of a conversation: pictures and films, files, links, voices. */
export const mediaGroups = ["pictures", "files", "links", "voices"] as const;
export type MediaGroup = (typeof mediaGroups)[number];

const groupOf: Readonly<Record<string, MediaGroup>> = {
  image: "pictures",
  video: "pictures",
  file: "files",
  link: "links",
  news: "links",
  voice: "voices",
};

/**
 * The group that lists a message, or null. A text is a link when an address with its scheme is in it: the same rule as
 * that of the index `messages_links`.
 */
export function mediaGroupOf({ kind, text }: { kind: string; text?: unknown }): MediaGroup | null {
  if (kind === "text") return typeof text === "string" && text.includes("://") ? "links" : null;
  return Object.hasOwn(groupOf, kind) ? (groupOf[kind] ?? null) : null;
}

/** At most one of the three: the messages before a seq, after it, or around it. None: the newest. */
export const mediaInput = z.object({
  conversationId: id,
  of: z.enum(mediaGroups),
  before: z.optional(positive),
  after: z.optional(sequenceNumber),
  around: z.optional(positive),
  limit: z.optional(positive.check(z.maximum(limits.page.max))),
});
export type MediaInput = z.infer<typeof mediaInput>;

/** Messages in seq order, as they are now. */
export const mediaPage = z.object({ messages: z.array(message), hasOlder: z.boolean(), hasNewer: z.boolean() });
export type MediaPage = z.infer<typeof mediaPage>;
