"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { reasonOf } from "#client/refusal.ts";
import { useTRPCClient } from "#client/trpc.ts";
import type { Forwarded } from "#contracts/messages/forward.ts";

/**
 * Sends a text to conversations, one after the other, and answers those that refused it. One `clientId` for each as long
 * as the component lives: asking again sends what is missing.
 */
export function useSendInvites() {
  const api = useTRPCClient();
  const [clientIds] = useState(() => new Map<string, string>());
  const clientIdOf = (conversationId: string) => {
    const known = clientIds.get(conversationId) ?? crypto.randomUUID();
    clientIds.set(conversationId, known);
    return known;
  };
  return useMutation({
    mutationFn: async ({ targets, text }: { targets: readonly string[]; text: string }) => {
      const refused: Forwarded[] = [];
      for (const conversationId of targets) {
        const clientId = clientIdOf(conversationId);
        try {
          await api.messages.send.mutate({ conversationId, clientId, content: { kind: "text", text } });
        } catch (error) {
          const { reason, params } = reasonOf(error);
          const retryAfter = typeof params.retryAfter === "number" ? params.retryAfter : null;
          refused.push({ conversationId, outcome: "refused", reason, retryAfter });
        }
      }
      return refused;
    },
  });
}
