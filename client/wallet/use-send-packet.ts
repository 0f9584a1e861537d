"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { isRetryable, reasonOf } from "#client/refusal.ts";
import { useTRPC } from "#client/trpc.ts";
import type { PacketSendInput } from "#contracts/wallet.ts";

export type PacketTerms = Omit<PacketSendInput, "clientId">;

/**
 * Sends a red packet. Retrying with the same terms is the same packet even when the first answer was lost; other terms
 * make another one. The answer is applied as the message, so it appears even while the worker is down.
 */
export function useSendPacket() {
  const trpc = useTRPC();
  const { realtime } = useRealtime();
  const asked = useRef({ terms: "", clientId: "" });
  const { mutate, isPending } = useMutation(
    trpc.wallet.sendPacket.mutationOptions({
      retry: (failures, error) => failures < 3 && isRetryable(reasonOf(error).reason),
    }),
  );
  const send = (terms: PacketTerms, then: { onSent: () => void; onError: (error: unknown) => void }) => {
    const key = JSON.stringify(terms);
    if (asked.current.terms !== key) asked.current = { terms: key, clientId: crypto.randomUUID() };
    mutate(
      { ...terms, clientId: asked.current.clientId },
      {
        onError: then.onError,
        onSuccess: ({ message }) => {
          asked.current = { terms: "", clientId: "" };
          const { conversationId, rev } = message;
          void realtime
            .receive({ scope: "conversation", type: "message.sent", conversationId, rev, message })
            .catch(() => {});
          then.onSent();
        },
      },
    );
  };
  return { send, isPending };
}
