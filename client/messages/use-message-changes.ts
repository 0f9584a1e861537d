"use client";

import { useMutation } from "@tanstack/react-query";
import { useMe } from "#client/accounts/use-me.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { useTRPCClient } from "#client/trpc.ts";
import type { Mention } from "#contracts/messages/kinds/text.ts";
import type { Message, MessageChangeOutput, ReactionChange } from "#contracts/messages/message.ts";

/**
 * What I can change about a stored message. Each answer is applied as its event, so it shows while the worker is down.
 */
export function useMessageChanges({ conversationId, seq }: Pick<Message, "conversationId" | "seq">) {
  const api = useTRPCClient();
  const { realtime } = useRealtime();
  const me = useMe();
  const apply = ({ message }: MessageChangeOutput, reactions?: ReactionChange[]) =>
    realtime
      .receive({ scope: "conversation", type: "message.changed", conversationId, rev: message.rev, message, reactions })
      .catch(() => {}); // the gap that could not be closed now is closed later
  const recall = useMutation({
    mutationFn: () => api.messages.recall.mutate({ conversationId, seq }),
    onSuccess: (answer) => apply(answer),
  });
  const react = useMutation({
    mutationFn: (input: { emoji: string; reacted: boolean }) =>
      api.messages.react.mutate({ conversationId, seq, ...input }),
    onSuccess: (answer, input) => apply(answer, [{ personId: me.id, ...input }]),
  });
  const edit = useMutation({
    mutationFn: (input: { text: string; mentions?: Mention[]; editedAt: string | null }) =>
      api.messages.edit.mutate({ conversationId, seq, ...input }),
    onSuccess: (answer) => apply(answer),
  });
  const pin = useMutation({
    mutationFn: (input: { pinned: boolean }) => api.messages.pin.mutate({ conversationId, seq, ...input }),
    onSuccess: (answer) => apply(answer),
  });
  return { recall, react, edit, pin };
}
