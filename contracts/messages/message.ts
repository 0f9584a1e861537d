import * as z from "zod/mini";
import { isOneEmoji, qualifiedEmoji } from "#contracts/emoji.ts";
import { limits } from "#contracts/limits.ts";
import { sendable } from "#contracts/messages/kinds/index.ts";
import { wordsAsSent } from "#contracts/messages/kinds/text.ts";
import { count, id, positive, sequenceNumber, time } from "#contracts/text.ts";

/** `personIds`: the first who reacted so, at most `limits.reactors`. */
const reaction = z.object({ emoji: z.string(), count: positive, personIds: z.array(id) });
export type Reaction = z.infer<typeof reaction>;

/**
 * `rev` is that of the last change: sending, editing, recalling, a reaction. `content` is open on the wire: a tab opened
 * yesterday shows the `preview` of a kind invented today.
 */
export const message = z.object({
  conversationId: id,
  seq: positive,
  rev: positive,
  senderId: id,
  clientId: id,
  content: z.looseObject({ kind: z.string() }),
  preview: z.string(),
  sentAt: time,
  /** When the present text was written, if that is not the first. */
  editedAt: z.nullable(time),
  /** When it was pinned in its conversation; absent while it is not. */
  pinnedAt: z.optional(time),
  /** By the time of the first reaction with the emoji. */
  reactions: z.array(reaction),
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
  after: z.optional(sequenceNumber),
  around: z.optional(positive),
  limit: z.optional(positive.check(z.maximum(limits.page.max))),
});
export type MessagePageInput = z.infer<typeof messagePageInput>;

/** My own reactions to one message. */
const ownReactions = z.object({ seq: positive, emoji: z.array(z.string()) });
export type OwnReactions = z.infer<typeof ownReactions>;

/** The page in seq order and the head, from one snapshot. */
export const messagePage = z.object({
  messages: z.array(message),
  ownReactions: z.array(ownReactions),
  head: z.object({ rev: count, lastSeq: count }),
  hasOlder: z.boolean(),
  hasNewer: z.boolean(),
});
export type MessagePage = z.infer<typeof messagePage>;

/** Who added (`reacted`) or removed a reaction. */
export const reactionChange = z.object({ personId: id, emoji: z.string(), reacted: z.boolean() });
export type ReactionChange = z.infer<typeof reactionChange>;

/** Which message a change is about. */
const messageRef = { conversationId: id, seq: positive };

export const messageRecallInput = z.object(messageRef);
export type MessageRecallInput = z.infer<typeof messageRecallInput>;
export const messageEditInput = z.object({
  ...messageRef,
  ...wordsAsSent,
  /** `editedAt` of the version that was edited: an edit of an older one is refused. */
  editedAt: z.nullable(time),
});
export type MessageEditInput = z.infer<typeof messageEditInput>;
export const messageReactInput = z.object({
  ...messageRef,
  emoji: z.pipe(z.string().check(z.refine(isOneEmoji, { error: "invalid_emoji" })), z.transform(qualifiedEmoji)),
  reacted: z.boolean(),
});
export type MessageReactInput = z.infer<typeof messageReactInput>;
export const messagePinInput = z.object({ ...messageRef, pinned: z.boolean() });
export type MessagePinInput = z.infer<typeof messagePinInput>;
/** The message as it is now. Its `rev` is not new when there was nothing to change. */
export const messageChangeOutput = z.object({ message });
export type MessageChangeOutput = z.infer<typeof messageChangeOutput>;

export const messageEditsInput = z.object(messageRef);
/** The versions before the present one, oldest first. */
export const messageEditsOutput = z.object({
  versions: z.array(z.object({ content: z.looseObject({ kind: z.string() }), writtenAt: time })),
});
export type MessageEditsOutput = z.infer<typeof messageEditsOutput>;

/** The pinned messages of a conversation that I may read, the last pinned first; `rev`: of the conversation. */
export const pinnedMessages = z.object({ rev: count, messages: z.array(message) });
export type PinnedMessages = z.infer<typeof pinnedMessages>;
