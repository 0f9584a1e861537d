"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import type { Timeline } from "#client/messages/reduce-timeline.ts";
import { useMarks } from "#client/messages/use-marks.ts";
import { quotedKey, timelineKey } from "#client/realtime/query-keys.ts";
import { useTRPCClient } from "#client/trpc.ts";
import type { Message } from "#contracts/messages/message.ts";

/**
 * The message that another one answers, as it is now: from the loaded timeline, or else asked for. Undefined while it is
 * loading; null when I may not read it, because it is from before my time, I deleted it for me, or it cannot be loaded.
 */
export function useQuoted(conversationId: string, seq: number): Message | null | undefined {
  const api = useTRPCClient();
  const held = useHeld(conversationId, seq);
  const { hidden } = useMarks(conversationId);
  const query = useQuery({
    queryKey: quotedKey(conversationId, seq),
    queryFn: async () => {
      const { messages } = await api.messages.page.query({ conversationId, around: seq, limit: 1 });
      // Below my visible range the page begins with the first message that I may read.
      return messages.find((message) => message.seq === seq) ?? null;
    },
    enabled: held === undefined,
    // Events about it invalidate it.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (hidden.has(seq)) return null;
  return held ?? (query.isError ? null : query.data);
}

function useHeld(conversationId: string, seq: number): Message | undefined {
  const queryClient = useQueryClient();
  const subscribe = useCallback(
    (notify: () => void) =>
      queryClient.getQueryCache().subscribe(({ type, query }) => {
        if (type === "updated" && query.queryKey[0] === "timeline" && query.queryKey[1] === conversationId) notify();
      }),
    [queryClient, conversationId],
  );
  const read = () =>
    queryClient.getQueryData<Timeline>(timelineKey(conversationId))?.messages.find((message) => message.seq === seq);
  return useSyncExternalStore(subscribe, read, () => undefined);
}
