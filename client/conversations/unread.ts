import type { Conversation } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";

/** Messages above my read mark, without system notices and what I deleted for me. */
export function unreadOf({ lastSeq, lastReadSeq, unreadNotices, settings: { hiddenUnread } }: Conversation): number {
  const deleted = hiddenUnread.filter((seq) => seq > lastReadSeq).length;
  return Math.max(0, lastSeq - lastReadSeq - unreadNotices.length - deleted);
}

/** The unread messages that mention me, without those that I deleted for me. */
export const unreadMentionsOf = ({
  unreadMentions,
  settings: { hiddenUnread },
}: Pick<Conversation, "unreadMentions" | "settings">): number[] =>
  hiddenUnread.length === 0 ? unreadMentions : unreadMentions.filter((seq) => !hiddenUnread.includes(seq));

/** The conversation with my read mark at `seq`, or where it was when that is further. */
export function readUpTo(conversation: Conversation, seq: number): Conversation {
  if (seq <= conversation.lastReadSeq) return conversation;
  const above = (seqs: readonly number[]) => seqs.filter((one) => one > seq);
  const { unreadNotices, unreadMentions } = conversation;
  return {
    ...conversation,
    lastReadSeq: seq,
    unreadNotices: above(unreadNotices),
    unreadMentions: above(unreadMentions),
  };
}

/** With one more notice above the read mark. */
export const withNotice = (unreadNotices: readonly number[], seq: number): number[] =>
  [...unreadNotices, seq].slice(-limits.noticesCounted);

/** With or without a message above the read mark that mentions me. */
export function withMention(unreadMentions: readonly number[], seq: number, mentioned: boolean): number[] {
  const others = unreadMentions.filter((one) => one !== seq);
  return mentioned ? [...others, seq].sort((a, b) => a - b).slice(-limits.mentionsCounted) : others;
}
