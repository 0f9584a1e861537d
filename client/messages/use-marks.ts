"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { stateOf } from "#client/query-state.ts";
import { newer } from "#client/realtime/newer.ts";
import { marksKey } from "#client/realtime/query-keys.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { useTRPCClient } from "#client/trpc.ts";

const none: readonly number[] = [];

/** What I deleted for me, starred, heard and answered in a conversation, kept current by events. */
export function useMarks(conversationId: string) {
  const api = useTRPCClient();
  const query = useQuery({
    queryKey: marksKey(conversationId),
    queryFn: () => api.messages.marks.query({ conversationId }),
    structuralSharing: newer,
  });
  const { hidden = none, starred = none, heard = none, answers } = query.data ?? {};
  return {
    ...stateOf(query),
    hidden: useMemo(() => new Set(hidden), [hidden]),
    starred: useMemo(() => new Set(starred), [starred]),
    heard: useMemo(() => new Set(heard), [heard]),
    answers: useMemo(() => new Map(answers?.map((answer) => [answer.seq, answer])), [answers]),
  };
}

/** Deletes messages for me, stars them, and says that I have played voices. Each answer is applied as its event, so it shows while the worker is down. */
export function useMarkChanges(conversationId: string) {
  const api = useTRPCClient();
  const { realtime } = useRealtime();
  const hide = useMutation({
    mutationFn: async (input: { seqs: number[]; hidden: boolean }) => {
      const { rev, changed, settings } = await api.messages.hide.mutate({ conversationId, ...input });
      const event = { scope: "person", type: "hidden_messages.changed", rev, conversationId } as const;
      await realtime.receive({ ...event, seqs: changed, hidden: input.hidden, settings });
    },
  });
  const star = useMutation({
    mutationFn: async (input: { seqs: number[]; starred: boolean }) => {
      const { rev, changed } = await api.messages.star.mutate({ conversationId, ...input });
      const event = { scope: "person", type: "starred_messages.changed", rev, conversationId } as const;
      await realtime.receive({ ...event, seqs: changed, starred: input.starred });
    },
  });
  const hear = useMutation({
    mutationFn: async ({ seqs }: { seqs: number[] }) => {
      const { rev, changed } = await api.messages.hear.mutate({ conversationId, seqs });
      await realtime.receive({ scope: "person", type: "heard_voices.changed", rev, conversationId, seqs: changed });
    },
  });
  return { hide, star, hear };
}
