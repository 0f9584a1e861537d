import { unreadMentionsOf, unreadOf } from "#client/conversations/unread.ts";
import type { Conversation } from "#contracts/conversations.ts";

type Settings = Pick<Conversation, "settings">;

export const isMuted = ({ settings: { muted } }: Settings, now: number): boolean =>
  muted !== null && (muted.until === null || Date.parse(muted.until) > now);

/** A message brings an archived conversation back, but not while it is muted. */
export const isArchived = (conversation: Conversation, now: number): boolean => {
  const { archivedAt } = conversation.settings;
  return archivedAt !== null && (archivedAt === conversation.lastMessageAt || isMuted(conversation, now));
};

export const isHidden = ({ settings, lastMessageAt }: Conversation): boolean => settings.hiddenAt === lastMessageAt;

export const isMarkedUnread = ({ settings, lastReadSeq }: Conversation): boolean =>
  settings.markedUnreadSeq === lastReadSeq;

export const isUnread = (conversation: Conversation): boolean =>
  unreadOf(conversation) > 0 || isMarkedUnread(conversation);

/** What a conversation adds to the number of all that is unread. Of a muted one, mentions at most. */
export function countedUnread(conversation: Conversation, now: number): number {
  if (isHidden(conversation) || isArchived(conversation, now)) return 0;
  if (!isMuted(conversation, now)) return unreadOf(conversation) || (isMarkedUnread(conversation) ? 1 : 0);
  return conversation.settings.muted?.exceptMentions ? unreadMentionsOf(conversation).length : 0;
}

/** When the next mute ends, in milliseconds, or null. */
export function nextMuteEnd(conversations: readonly Settings[], now: number): number | null {
  const ends = conversations.flatMap(({ settings: { muted } }) =>
    muted?.until && Date.parse(muted.until) > now ? [Date.parse(muted.until)] : [],
  );
  return ends.length === 0 ? null : Math.min(...ends);
}
