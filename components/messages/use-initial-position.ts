"use client";

import { useState } from "react";
import { unreadOf } from "#client/conversations/unread.ts";
import type { Conversation } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";

/** Where I was reading in conversations that I left half-way, for as long as the tab lives. */
const leftAt = new Map<string, number>();

export function saveScrollPosition(conversationId: string, seq: number | null): void {
  if (seq === null) leftAt.delete(conversationId);
  else leftAt.set(conversationId, seq);
}

export type InitialPosition = {
  /** Fetch around this message rather than the newest. */
  around: number | undefined;
  /** Put this message in view, and how. Null: the end. */
  start: { seq: number; how: "flash" | "divider" | "resume" } | null;
  firstUnread: number | null;
  unreadCount: number;
  /** The newest message at that time. */
  openedAt: number;
};

/** Decided once, when the conversation is opened: the divider stays where it was until one leaves. */
export function useInitialPosition(conversation: Conversation, target: number | null): InitialPosition {
  const [opening] = useState<InitialPosition>(() => {
    const { id, lastSeq, lastReadSeq } = conversation;
    const unreadCount = unreadOf(conversation);
    const firstUnread = unreadCount > 0 ? lastReadSeq + 1 : null;
    const unread = { firstUnread, unreadCount, openedAt: lastSeq };
    if (target !== null) return { around: target, start: { seq: target, how: "flash" }, ...unread };
    const left = leftAt.get(id);
    if (left !== undefined && left < lastSeq) return { around: left, start: { seq: left, how: "resume" }, ...unread };
    if (firstUnread === null) return { around: undefined, start: null, ...unread };
    // The newest page holds the first unread one, and some before it, when there are few.
    const few = lastSeq - lastReadSeq < limits.page.default / 2;
    return { around: few ? undefined : firstUnread, start: { seq: firstUnread, how: "divider" }, ...unread };
  });
  return opening;
}
