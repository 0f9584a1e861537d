"use client";

import { type ReadOnlyReason, readOnlyReasonOf } from "#client/conversations/read-only-reason.ts";
import { useClockUntil } from "#client/conversations/use-clock-until.ts";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** Why nothing can be written here, or null when it can be, or when the friends are not loaded yet. */
export function useReadOnlyReason(conversation: Conversation): ReadOnlyReason | null {
  const list = useFriendList();
  const until = conversation.muted?.until;
  const now = useClockUntil(until ? Date.parse(until) : null);
  if (list.status !== "ready" && conversation.kind === "direct") return null;
  return readOnlyReasonOf(conversation, list, now);
}
