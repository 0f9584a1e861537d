"use client";

import { countedUnread } from "#client/conversations/settings.ts";
import { useConversations } from "#client/conversations/use-conversations.ts";
import { useMuteClock } from "#client/conversations/use-mute-clock.ts";

/** What is unread in all conversations together, without those that are muted or put away. */
export function useUnreadTotal(): number {
  const { conversations } = useConversations();
  const now = useMuteClock(conversations);
  return conversations.reduce((sum, one) => sum + countedUnread(one, now), 0);
}
