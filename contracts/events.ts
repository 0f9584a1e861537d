import * as z from "zod/mini";
import { joinRequest, member } from "#contracts/communities.ts";
import { conversation, conversationFacts } from "#contracts/conversations.ts";
import { friend, friendRequest } from "#contracts/friends.ts";
import { message } from "#contracts/messages.ts";
import { person } from "#contracts/people.ts";
import { count, id, positive } from "#contracts/text.ts";

const ofConversation = { conversationId: id, rev: positive };
/** Numbered by the person's own rev. */
const ofPerson = { rev: positive };

/**
 * Everything that travels to a client on `private-inbox`. Each event carries the `rev` it brings: of its conversation
 * when it has a `conversationId` at the top, else of the person.
 */
export const conversationEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message.sent"), ...ofConversation, message }),
  z.object({ type: z.literal("member.changed"), ...ofConversation, member, memberCount: count }),
  z.object({ type: z.literal("conversation.changed"), ...ofConversation, facts: conversationFacts }),
  /** Something changed that this reader may not see, or that must be asked for: only the number. */
  z.object({ type: z.literal("conversation.advanced"), ...ofConversation }),
]);
export type ConversationEvent = z.infer<typeof conversationEvent>;

export const personEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("request.changed"), ...ofPerson, request: friendRequest }),
  z.object({ type: z.literal("friend.changed"), ...ofPerson, friend }),
  z.object({ type: z.literal("friend.removed"), ...ofPerson, personId: id }),
  z.object({ type: z.literal("block.changed"), ...ofPerson, person, blocked: z.boolean() }),
  z.object({ type: z.literal("inbox.added"), ...ofPerson, conversation }),
  z.object({ type: z.literal("inbox.removed"), ...ofPerson, removedId: id }),
  z.object({ type: z.literal("read.moved"), ...ofPerson, readId: id, lastReadSeq: count }),
  z.object({ type: z.literal("join.changed"), ...ofPerson, request: joinRequest }),
  z.object({ type: z.literal("profile.changed"), ...ofPerson, person }),
  z.object({ type: z.literal("person.advanced"), ...ofPerson }),
]);
export type PersonEvent = z.infer<typeof personEvent>;

export const wireEvent = z.union([conversationEvent, personEvent]);
export type WireEvent = z.infer<typeof wireEvent>;

export function isConversationEvent(event: WireEvent): event is ConversationEvent {
  return "conversationId" in event;
}
