"use client";

import { useQuery } from "@tanstack/react-query";
import { mergeInbox } from "#client/conversations/reduce-inbox.ts";
import { type QueryState, stateOf } from "#client/query-state.ts";
import { useTRPC } from "#client/trpc.ts";
import type { Conversation, ConversationList } from "#contracts/conversations.ts";

type Shown = QueryState & { conversations: Conversation[] };
const none: Conversation[] = [];

/** The inbox, newest activity first, updated by events. */
export function useConversations(): Shown {
  const query = useQuery({
    ...useTRPC().conversations.list.queryOptions(),
    structuralSharing: (held, fetched) => mergeInbox(held as ConversationList | undefined, fetched as ConversationList), // typed by the query itself
  });
  return { conversations: query.data?.conversations ?? none, ...stateOf(query) };
}

type ShownOne = {
  conversation: Conversation | null;
  status: "pending" | "error" | "missing" | "ready";
  retry: () => void;
};

export function useConversation(id: string): ShownOne {
  const { conversations, status, retry } = useConversations();
  const conversation = conversations.find((known) => known.id === id) ?? null;
  if (conversation) return { conversation, status: "ready", retry };
  return { conversation, status: status === "ready" ? "missing" : status, retry };
}
