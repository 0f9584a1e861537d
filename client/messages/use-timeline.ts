"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useConversation } from "#client/conversations/use-conversations.ts";
import { joinPage, openTimeline, type Timeline } from "#client/messages/reduce-timeline.ts";
import { stateOf } from "#client/query-state.ts";
import { timelineKey } from "#client/realtime/query-keys.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { useTRPCClient } from "#client/trpc.ts";
import { limits } from "#contracts/limits.ts";
import type { Message } from "#contracts/messages/message.ts";

const none: Message[] = [];
const noReactions: Timeline["ownReactions"] = {};

/**
 * One unbroken stretch of a conversation, kept live by events. It opens around `around`, else around the first unread
 * message when the newest page would not reach it, else at the end.
 */
export function useTimeline(conversationId: string, around?: number) {
  const api = useTRPCClient();
  const queryClient = useQueryClient();
  const { realtime } = useRealtime();
  const { conversation } = useConversation(conversationId);
  const [loading, setLoading] = useState<"older" | "newer" | null>(null);
  const key = timelineKey(conversationId);

  const unread = conversation ? conversation.lastSeq - conversation.lastReadSeq : 0;
  const firstUnread = conversation && unread > limits.page.default ? conversation.lastReadSeq + 1 : undefined;
  const query = useQuery({
    queryKey: key,
    queryFn: async () => {
      const page = await api.messages.page.query({ conversationId, around: around ?? firstUnread });
      return openTimeline(page);
    },
    structuralSharing: false, // rows are replaced whole, so comparing a long list costs more than it saves
  });
  const timeline = query.data;

  /** Puts a loaded page in. Events that arrived while it was loading are a gap then. */
  const replace = useCallback(
    async (next: (now: Timeline | undefined) => Timeline | undefined) => {
      const held = queryClient.getQueryData<Timeline>(timelineKey(conversationId));
      queryClient.setQueryData<Timeline>(timelineKey(conversationId), next);
      const type = "conversation.rev_changed";
      if (held) await realtime.receive({ scope: "conversation", type, conversationId, rev: held.rev });
    },
    [queryClient, realtime, conversationId],
  );

  /** A deep link may point outside the loaded range: then the range around it is loaded instead. */
  const open = useCallback(
    async (seq: number | undefined) => {
      const page = await api.messages.page.query({ conversationId, around: seq });
      await replace(() => openTimeline(page));
    },
    [api, replace, conversationId],
  );

  // A range cached from an earlier visit may not contain the message of this link.
  useEffect(() => {
    const held = queryClient.getQueryData<Timeline>(timelineKey(conversationId));
    if (around === undefined || !held || held.messages.some((message) => message.seq === around)) return;
    void open(around).catch(() => {});
  }, [queryClient, conversationId, around, open]);

  const load = async (side: "older" | "newer") => {
    const first = timeline?.messages.at(0)?.seq;
    const last = timeline?.messages.at(-1)?.seq;
    if (loading || first === undefined || last === undefined) return;
    setLoading(side);
    try {
      const page = await api.messages.page.query({
        conversationId,
        ...(side === "older" ? { before: first } : { after: last }),
      });
      await replace((now) => now && joinPage(now, page, side));
    } catch {
      // Scrolling further retries.
    } finally {
      setLoading(null);
    }
  };

  return {
    ...stateOf(query),
    messages: timeline?.messages ?? none,
    ownReactions: timeline?.ownReactions ?? noReactions,
    hasOlder: timeline?.hasOlder ?? false,
    hasNewer: timeline?.hasNewer ?? false,
    loadOlder: () => void load("older"),
    loadNewer: () => void load("newer"),
    loadingOlder: loading === "older",
    loadingNewer: loading === "newer",
    /** Loads the range around a `seq`. */
    showAround: (seq: number) => void open(seq).catch(() => {}),
    showLatest: () => void open(undefined).catch(() => {}),
  };
}
