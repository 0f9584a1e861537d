"use client";

import { type ReadOnlyReason, readOnlyReasonOf } from "#client/conversations/read-only-reason.ts";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** Why nothing can be written here, or null when it can be, or when the friends are not loaded yet. */
export function useReadOnlyReason(conversation: Conversation): ReadOnlyReason | null {
  const list = useFriendList();
  if (list.status !== "ready" && conversation.closedAt === null) return null;
  return readOnlyReasonOf(conversation, list);
}
