"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { stateOf } from "#client/query-state.ts";
import { mediaKey } from "#client/realtime/query-keys.ts";
import { useTRPCClient } from "#client/trpc.ts";
import type { MediaGroup, MediaInput, MediaPage } from "#contracts/messages/media.ts";
import type { Message } from "#contracts/messages/message.ts";

type Side = Pick<MediaInput, "before" | "after" | "around">;

/** What a conversation has of a group, the newest first, loaded by scrolling. Events that change it ask for it anew. */
export function useConversationMedia(conversationId: string, of: MediaGroup) {
  const api = useTRPCClient();
  const newest: Side = {};
  const query = useInfiniteQuery({
    queryKey: [...mediaKey(conversationId, of), "newest"],
    queryFn: ({ pageParam }) => api.messages.media.query({ conversationId, of, ...pageParam }),
    initialPageParam: newest,
    getNextPageParam: olderThan,
    staleTime: 0,
  });
  const { data } = query;
  return {
    messages: useMemo(() => data?.pages.flatMap(({ messages }) => messages.toReversed()) ?? [], [data]),
    ...stateOf(query),
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}

const none: Message[] = [];

/**
 * The pictures and films around a message, in the order of the conversation, with pages in both directions; null where
 * the message is no stored one of a conversation.
 */
export function usePicturesAround(conversationId: string, seq: number | null) {
  const api = useTRPCClient();
  const of = "pictures";
  const start: Side = { around: seq ?? 1 };
  const query = useInfiniteQuery({
    queryKey: [...mediaKey(conversationId, of), "around", seq],
    queryFn: ({ pageParam }) => api.messages.media.query({ conversationId, of, ...pageParam }),
    initialPageParam: start,
    getPreviousPageParam: olderThan,
    getNextPageParam: newerThan,
    enabled: seq !== null,
    staleTime: 0,
    gcTime: 0,
  });
  const { data, hasPreviousPage, hasNextPage, isFetching, fetchPreviousPage, fetchNextPage } = query;
  return {
    loaded: data !== undefined,
    messages: useMemo(() => data?.pages.flatMap(({ messages }) => messages) ?? none, [data]),
    loadOlder: useCallback(() => {
      if (hasPreviousPage && !isFetching) void fetchPreviousPage();
    }, [hasPreviousPage, isFetching, fetchPreviousPage]),
    loadNewer: useCallback(() => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    }, [hasNextPage, isFetching, fetchNextPage]),
  };
}

function olderThan({ hasOlder, messages }: MediaPage): Side | undefined {
  const first = messages.at(0);
  return hasOlder && first ? { before: first.seq } : undefined;
}

/** What a page of older ones had may be recalled when it is asked for anew; the page after it begins at the same place. */
function newerThan({ hasNewer, messages }: MediaPage, _pages: MediaPage[], side: Side): Side | undefined {
  if (!hasNewer) return undefined;
  const last = messages.at(-1)?.seq ?? (side.before === undefined ? undefined : side.before - 1);
  return last === undefined ? undefined : { after: last };
}
