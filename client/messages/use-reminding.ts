"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { useScheduling } from "#client/messages/use-scheduled.ts";
import { useTRPCClient } from "#client/trpc.ts";

type Reminder = { of: { conversationId: string; seq: number }; sendAt: string };

/** Schedules a reminder of a message, in my notes. */
export function useReminding() {
  const api = useTRPCClient();
  const { schedule } = useScheduling();
  /** The same for one that is tried again, because no answer came. */
  const clientIds = useRef(new Map<string, string>());
  return useMutation({
    mutationFn: async ({ of, sendAt }: Reminder) => {
      const key = `${of.conversationId} ${of.seq} ${sendAt}`;
      const clientId = clientIds.current.get(key) ?? crypto.randomUUID();
      clientIds.current.set(key, clientId);
      const { conversationId } = await api.conversations.notes.mutate();
      await schedule.mutateAsync({ conversationId, clientId, sendAt, content: { kind: "reminder", of } });
    },
  });
}
