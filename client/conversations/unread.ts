import type { Conversation } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";

/** Messages above my read mark, without system notices. */
export const unreadOf = ({ lastSeq, lastReadSeq, unreadNotices }: Conversation): number =>
  Math.max(0, lastSeq - lastReadSeq - unreadNotices.length);

/** The conversation with my read mark at `seq`, or where it was when that is further. */
export function readUpTo(conversation: Conversation, seq: number): Conversation {
  if (seq <= conversation.lastReadSeq) return conversation;
  return { ...conversation, lastReadSeq: seq, unreadNotices: conversation.unreadNotices.filter((one) => one > seq) };
}

/** With one more notice above the read mark. */
export const withNotice = (unreadNotices: readonly number[], seq: number): number[] =>
  [...unreadNotices, seq].slice(-limits.noticesCounted);
