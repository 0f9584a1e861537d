import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { sendable } from "#contracts/messages/kinds/index.ts";
import { count, id, place, positive, time } from "#contracts/text.ts";

/** `content` is open on the wire: a tab opened yesterday shows the `preview` of a kind invented today. */
export const message = z.object({
  conversationId: id,
  seq: positive,
  rev: positive,
  senderId: id,
  clientId: id,
  content: z.looseObject({ kind: z.string() }),
  preview: z.string(),
  sentAt: time,
});
export type Message = z.infer<typeof message>;

export const messageSendInput = z.object({ conversationId: id, clientId: id, content: sendable });
export type MessageSendInput = z.infer<typeof messageSendInput>;
export const messageSendOutput = z.object({ outcome: z.enum(["stored", "duplicate"]), message });
export type MessageSendOutput = z.infer<typeof messageSendOutput>;

/** At most one of the three: the messages before a seq, after it, or around it. None: the newest. */
export const messagePageInput = z.object({
  conversationId: id,
  before: z.optional(positive),
  after: z.optional(place),
  around: z.optional(positive),
  limit: z.optional(positive.check(z.maximum(limits.page.max))),
});
export type MessagePageInput = z.infer<typeof messagePageInput>;

/** The page in seq order and the head, from one snapshot. */
export const messagePage = z.object({
  messages: z.array(message),
  head: z.object({ rev: count, lastSeq: count }),
  hasOlder: z.boolean(),
  hasNewer: z.boolean(),
});
export type MessagePage = z.infer<typeof messagePage>;
