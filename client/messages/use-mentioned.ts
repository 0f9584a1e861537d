"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { pagedStateOf } from "#client/query-state.ts";
import { mentionedKey } from "#client/realtime/query-keys.ts";
import { useTRPCClient } from "#client/trpc.ts";
import type { MentionCursor } from "#contracts/messages/mentioned.ts";

/** The messages that mention me, the last sent first, loaded by scrolling. Events that change them ask for them anew. */
export function useMentioned() {
  const api = useTRPCClient();
  const first: MentionCursor | null = null;
  const query = useInfiniteQuery({
    queryKey: mentionedKey,
    queryFn: ({ pageParam }) => api.messages.mentioned.query(pageParam ? { after: pageParam } : {}),
    initialPageParam: first as MentionCursor | null, // the type of a literal null is null
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  return {
    messages: query.data?.pages.flatMap((page) => page.messages) ?? [],
    ...pagedStateOf(query),
  };
}
