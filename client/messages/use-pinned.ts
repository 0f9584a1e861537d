"use client";

import { useQuery } from "@tanstack/react-query";
import { useMarks } from "#client/messages/use-marks.ts";
import { newer } from "#client/realtime/newer.ts";
import { pinnedKey } from "#client/realtime/query-keys.ts";
import { useTRPCClient } from "#client/trpc.ts";
import type { Message } from "#contracts/messages/message.ts";

/** The pinned messages of a conversation without those that I deleted for me, the last pinned first. */
export function usePinned(conversationId: string): Message[] {
  const api = useTRPCClient();
  const { hidden } = useMarks(conversationId);
  const { data } = useQuery({
    queryKey: pinnedKey(conversationId),
    queryFn: () => api.messages.pinned.query({ conversationId }),
    structuralSharing: newer,
  });
  return (data?.messages ?? []).filter(({ seq }) => !hidden.has(seq));
}
