"use client";

import { unreadOf } from "#client/conversations/unread.ts";
import { useConfigure } from "#client/conversations/use-configure.ts";
import { useMarkRead } from "#client/conversations/use-mark-read.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { ConfigureInput, Conversation } from "#contracts/conversations.ts";

type Wanted = Omit<ConfigureInput, "conversationId">;

/** What can be done with a conversation in the list. `onAway`: the row is about to leave the list. */
export function useConversationActions(conversation: Conversation, onAway: () => void) {
  const { id: conversationId, lastSeq } = conversation;
  const markRead = useMarkRead(conversationId);
  const configure = useConfigure(useShowError());
  const set = (wanted: Wanted) => configure.mutate({ conversationId, ...wanted });
  return {
    set,
    away: (wanted: Wanted) => {
      onAway();
      set(wanted);
    },
    read: () => (unreadOf(conversation) > 0 ? markRead(lastSeq) : set({ markedUnread: false })),
  };
}
