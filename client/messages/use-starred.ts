"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { pagedStateOf } from "#client/query-state.ts";
import { starredKey } from "#client/realtime/query-keys.ts";
import { useTRPCClient } from "#client/trpc.ts";
import type { StarCursor } from "#contracts/messages/marks.ts";

/** My starred messages, the last starred first, loaded by scrolling. Events that change them ask for them anew. */
export function useStarred() {
  const api = useTRPCClient();
  const first: StarCursor | null = null;
  const query = useInfiniteQuery({
    queryKey: starredKey,
    queryFn: ({ pageParam }) => api.messages.starred.query(pageParam ? { after: pageParam } : {}),
    initialPageParam: first as StarCursor | null, // the type of a literal null is null
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  return {
    messages: query.data?.pages.flatMap((page) => page.messages.map(({ message }) => message)) ?? [],
    ...pagedStateOf(query),
  };
}
