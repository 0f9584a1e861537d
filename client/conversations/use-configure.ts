"use client";

import { useMutation } from "@tanstack/react-query";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { useTRPCClient } from "#client/trpc.ts";
import type { ConfigureInput } from "#contracts/conversations.ts";

/**
 * Changes the settings of a conversation. The answer is applied as its event: where the worker is down, none comes.
 * `onError` is called also when what asked for the change, an item of a menu, is gone by then.
 */
export function useConfigure(onError?: (error: unknown) => void) {
  const api = useTRPCClient();
  const { realtime } = useRealtime();
  return useMutation({
    onError,
    mutationFn: async (wanted: ConfigureInput) => {
      const { rev, settings } = await api.conversations.configure.mutate(wanted);
      const { conversationId } = wanted;
      await realtime.receive({ scope: "person", type: "conversation_settings.changed", rev, conversationId, settings });
    },
  });
}
