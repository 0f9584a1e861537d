import * as z from "zod/mini";
import { audience } from "#contracts/accounts.ts";
import { joinRequest, member } from "#contracts/communities.ts";
import { conversation, conversationMetadata, conversationSettings } from "#contracts/conversations.ts";
import { draft } from "#contracts/drafts.ts";
import { folderHead } from "#contracts/folders.ts";
import { friend, friendRequest } from "#contracts/friends.ts";
import { ownAnswer } from "#contracts/messages/answers.ts";
import { message, reactionChange } from "#contracts/messages/message.ts";
import { scheduledMessage } from "#contracts/messages/schedule.ts";
import { person } from "#contracts/people.ts";
import { count, id, positive } from "#contracts/text.ts";

const ofConversation = { scope: z.literal("conversation"), conversationId: id, rev: positive };
const ofPerson = { scope: z.literal("person"), rev: positive };

/**
 * Everything that travels to a client on `private-inbox`. `scope` says what `rev` numbers: the changes of the
 * conversation, or those of the reader's own data.
 */
export const conversationEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message.sent"), ...ofConversation, message }),
  /** The message as it is now. `reactions`: who added or removed one, where that is what changed. */
  z.object({
    type: z.literal("message.changed"),
    ...ofConversation,
    message,
    reactions: z.optional(z.array(reactionChange)),
  }),
  z.object({ type: z.literal("member.changed"), ...ofConversation, member, memberCount: count }),
  z.object({ type: z.literal("conversation.changed"), ...ofConversation, metadata: conversationMetadata }),
  /** Something changed that this reader may not see, or that must be asked for: only the number. */
  z.object({ type: z.literal("conversation.rev_changed"), ...ofConversation }),
]);
export type ConversationEvent = z.infer<typeof conversationEvent>;

export const personEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("friend_request.changed"), ...ofPerson, request: friendRequest }),
  z.object({ type: z.literal("friend.changed"), ...ofPerson, friend }),
  z.object({ type: z.literal("friend.removed"), ...ofPerson, personId: id }),
  z.object({ type: z.literal("block.changed"), ...ofPerson, person, blocked: z.boolean() }),
  z.object({ type: z.literal("conversation.added"), ...ofPerson, conversation }),
  z.object({ type: z.literal("conversation.removed"), ...ofPerson, conversationId: id }),
  z.object({ type: z.literal("read_marker.changed"), ...ofPerson, conversationId: id, lastReadSeq: count }),
  z.object({
    type: z.literal("conversation_settings.changed"),
    ...ofPerson,
    conversationId: id,
    settings: conversationSettings,
  }),
  /** Messages that I deleted for me (`hidden`), or brought back, and what that makes of the conversation in my list. */
  z.object({
    type: z.literal("hidden_messages.changed"),
    ...ofPerson,
    conversationId: id,
    seqs: z.array(positive),
    hidden: z.boolean(),
    settings: conversationSettings,
  }),
  z.object({
    type: z.literal("starred_messages.changed"),
    ...ofPerson,
    conversationId: id,
    seqs: z.array(positive),
    starred: z.boolean(),
  }),
  /** My folders, in my order, without what is in them: that stays, of those that stay. */
  z.object({ type: z.literal("folders.changed"), ...ofPerson, folders: z.array(folderHead) }),
  /** The folders that a conversation is in. */
  z.object({
    type: z.literal("filed_conversation.changed"),
    ...ofPerson,
    conversationId: id,
    folderIds: z.array(id),
  }),
  /** Voice messages that I have played. */
  z.object({ type: z.literal("heard_voices.changed"), ...ofPerson, conversationId: id, seqs: z.array(positive) }),
  /** My answer to a poll or sign-up, as it is now. */
  z.object({ type: z.literal("answer.changed"), ...ofPerson, conversationId: id, answer: ownAnswer }),
  /** `draft`: as it is now, null when there is none any more; left out when it is too long for an event. */
  z.object({
    type: z.literal("draft.changed"),
    ...ofPerson,
    conversationId: id,
    draft: z.optional(z.nullable(draft)),
  }),
  z.object({ type: z.literal("scheduled_message.changed"), ...ofPerson, message: scheduledMessage }),
  /** Sent, or taken away. */
  z.object({ type: z.literal("scheduled_message.removed"), ...ofPerson, clientId: id }),
  z.object({ type: z.literal("join_request.changed"), ...ofPerson, request: joinRequest }),
  /** `presenceFor`: when the setting has changed, for the worker. */
  z.object({ type: z.literal("profile.changed"), ...ofPerson, person, presenceFor: z.optional(audience) }),
  z.object({ type: z.literal("person.rev_changed"), ...ofPerson }),
]);
export type PersonEvent = z.infer<typeof personEvent>;

export const wireEvent = z.union([conversationEvent, personEvent]);
export type WireEvent = z.infer<typeof wireEvent>;

export function isConversationEvent(event: WireEvent): event is ConversationEvent {
  return event.scope === "conversation";
}
