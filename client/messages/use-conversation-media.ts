"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { newestMedia, picturesAround } from "#client/messages/media-pages.ts";
import { pagedStateOf } from "#client/query-state.ts";
import { useTRPCClient } from "#client/trpc.ts";
import type { MediaGroup } from "#contracts/messages/media.ts";
import type { Message } from "#contracts/messages/message.ts";

/** What a conversation has of a group, the newest first, loaded by scrolling. Events that change it ask for it anew. */
export function useConversationMedia(conversationId: string, of: MediaGroup) {
  const { media } = useTRPCClient().messages;
  const query = useInfiniteQuery(newestMedia((input) => media.query(input), conversationId, of));
  const { data } = query;
  return {
    messages: useMemo(() => data?.pages.flatMap(({ messages }) => messages.toReversed()) ?? [], [data]),
    ...pagedStateOf(query),
  };
}

const none: Message[] = [];

/**
 * The pictures and films around a message, in the order of the conversation, with pages in both directions; null where
 * the message is no stored one of a conversation.
 */
export function usePicturesAround(conversationId: string, seq: number | null) {
  const { media } = useTRPCClient().messages;
  const options = picturesAround((input) => media.query(input), conversationId, seq ?? 1);
  const query = useInfiniteQuery({ ...options, enabled: seq !== null });
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
