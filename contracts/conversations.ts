import * as z from "zod/mini";
import { community, member, role } from "#contracts/communities.ts";
import { notice } from "#contracts/messages/kinds/notice.ts";
import { message, reactionChange } from "#contracts/messages/message.ts";
import { person } from "#contracts/people.ts";
import { communityRules, muted } from "#contracts/permissions.ts";
import { count, id, positive, sequenceNumber, time } from "#contracts/text.ts";

/** The last message as a list shows it. */
const messageHead = z.object({
  seq: positive,
  senderId: id,
  /** The kind, so that the list can say it in the reader's language; the preview says what only this message says. */
  kind: z.string(),
  preview: z.string(),
  /** Present when the message is a notice, so that the list can say it in the reader's language. */
  notice: z.nullable(notice.schema),
  sentAt: time,
});
export type MessageHead = z.infer<typeof messageHead>;

/** How I have a conversation in my list: mine alone, on all my devices. */
export const conversationSettings = z.object({
  pinned: z.boolean(),
  /** `until` null: until I end it. `exceptMentions`: messages that mention me are not muted. Over when `until` is past. */
  muted: z.nullable(z.object({ until: z.nullable(time), exceptMentions: z.boolean() })),
  /** Archived while `lastMessageAt` is still this time, and while it is muted; a new message ends it otherwise. */
  archivedAt: z.nullable(time),
  /** Hidden while `lastMessageAt` is still this time. */
  hiddenAt: z.nullable(time),
  /** Marked as unread while `lastReadSeq` is still this number. */
  markedUnreadSeq: z.nullable(count),
  /**
   * Messages that I deleted for me while they were unread, rising, the newest of them (`limits.hiddenCounted`). Those
   * above my read mark are not counted, also as mentions.
   */
  hiddenUnread: z.array(positive),
  /** While `lastSeq` is still this number, the last message that I did not delete for me is `seq`; null: none. */
  lastVisible: z.nullable(z.object({ lastSeq: count, seq: z.nullable(positive) })),
});
export type ConversationSettings = z.infer<typeof conversationSettings>;

/** `notes`: with myself alone; I have at most one. */
export const conversationKind = z.enum(["direct", "community", "notes"]);

/** One conversation as I see it. Unread = lastSeq − lastReadSeq − unreadNotices.length, without `settings.hiddenUnread`. */
export const conversation = z.object({
  id,
  kind: conversationKind,
  /** The other person of a direct conversation. */
  peer: z.nullable(person),
  community: z.nullable(community),
  memberCount: count,
  role,
  /** Roles of the community's own that I have. */
  roleIds: z.array(id),
  /** An admin took the word from me; not how I muted it: `settings.muted`. */
  muted,
  /** Of a community. */
  rules: z.nullable(communityRules),
  rev: count,
  lastSeq: count,
  visibleFromSeq: positive,
  lastReadSeq: count,
  /**
   * The `seq` of notices above my read mark, rising; the newest of them (`limits.noticesCounted`) where there are more.
   */
  unreadNotices: z.array(positive),
  /**
   * The `seq` of messages above my read mark that mention me, rising; the newest of them (`limits.mentionsCounted`) where
   * there are more.
   */
  unreadMentions: z.array(positive),
  settings: conversationSettings,
  lastMessage: z.nullable(messageHead),
  /** When the last message was sent, or I joined: notices do not move a conversation up. */
  lastMessageAt: time,
  /** When the community was dissolved; it stays readable. */
  closedAt: z.nullable(time),
});
export type Conversation = z.infer<typeof conversation>;

/** Sorted by last activity, newest first; `rev` is my people.rev, all from one snapshot. */
export const conversationList = z.object({ rev: count, conversations: z.array(conversation) });
export type ConversationList = z.infer<typeof conversationList>;
export const conversationInput = z.object({ conversationId: id });
export const notesOutput = z.object({ conversationId: id });
export type NotesOutput = z.infer<typeof notesOutput>;

/** The metadata of a conversation that are the same for all its members. */
export const conversationMetadata = z.object({
  community: z.nullable(community),
  rules: z.nullable(communityRules),
  closedAt: z.nullable(time),
});

/** State, never events: a row as it is now, at the rev of its last change. Exactly one of the three is present. */
const change = z.object({
  rev: positive,
  message: z.optional(message),
  /** My own reactions to the message, also those that I removed. */
  reactions: z.optional(z.array(reactionChange)),
  member: z.optional(member),
  memberCount: z.optional(count),
  metadata: z.optional(conversationMetadata),
});
export type Change = z.infer<typeof change>;

export const changesSinceInput = z.object({ conversationId: id, rev: sequenceNumber });
/**
 * Rows in rev order: a message that changed again comes after those sent later, perhaps in another answer. Ask again
 * from `nextRev` until it is null; then the client holds `head.rev`.
 */
export const changesSinceOutput = z.object({
  /** Too far behind: open the conversation afresh. */
  reset: z.boolean(),
  changes: z.array(change),
  nextRev: z.nullable(count),
  head: z.object({ rev: count, lastSeq: count }),
});
export type ChangesSince = z.infer<typeof changesSinceOutput>;

export const markReadInput = z.object({ conversationId: id, seq: sequenceNumber });
export const markReadOutput = z.object({ lastReadSeq: count });

/** What is left out stays as it is. */
export const configureInput = z.object({
  conversationId: id,
  /** Ends `archived` and `hidden`. */
  pinned: z.optional(z.boolean()),
  /** Null: no longer muted. */
  muted: z.optional(z.nullable(z.object({ until: z.nullable(time), exceptMentions: z.boolean() }))),
  /** Until its next message, or longer while it is muted; ends `pinned`. */
  archived: z.optional(z.boolean()),
  /** Until its next message; ends `pinned`. */
  hidden: z.optional(z.boolean()),
  /** Until my read mark moves. */
  markedUnread: z.optional(z.boolean()),
});
export type ConfigureInput = z.infer<typeof configureInput>;
/** `rev`: mine, at which the settings are these. */
export const configureOutput = z.object({ rev: count, settings: conversationSettings });
export type ConfigureOutput = z.infer<typeof configureOutput>;

/** A few bytes per conversation: enough to know where one is behind. */
export const headList = z.object({
  personRev: count,
  heads: z.array(z.object({ id, rev: count, lastSeq: count, lastReadSeq: count })),
});
export type HeadList = z.infer<typeof headList>;
