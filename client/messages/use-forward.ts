"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPCClient } from "#client/trpc.ts";
import type { MessageForwardInput } from "#contracts/messages/forward.ts";

/** Forwards messages. One `clientId` as long as the component lives: asking again sends what is missing. */
export function useForward() {
  const api = useTRPCClient();
  const [clientId] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: (input: Omit<MessageForwardInput, "clientId">) => api.messages.forward.mutate({ clientId, ...input }),
  });
}
