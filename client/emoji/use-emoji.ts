"use client";

import { useQuery } from "@tanstack/react-query";
import type { EmojiList } from "#client/emoji/emoji-data.ts";
import { type QueryState, stateOf } from "#client/query-state.ts";

/** All emoji, fetched with the code that searches them as soon as `wanted`; kept while the page lives. */
export function useEmoji(wanted = true): QueryState & { list: EmojiList | undefined } {
  const query = useQuery({
    queryKey: ["emoji"],
    queryFn: () => import("#client/emoji/emoji-data.ts").then(({ loadEmoji }) => loadEmoji()),
    enabled: wanted,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  return { list: query.data, ...stateOf(query) };
}
