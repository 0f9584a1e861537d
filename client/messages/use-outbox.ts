"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import type { PendingMessage } from "#client/messages/outbox-store.ts";
import type { Timeline } from "#client/messages/reduce-timeline.ts";
import { timelineKey } from "#client/realtime/query-keys.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import type { Content, Sendable } from "#contracts/kinds/index.ts";

export type { PendingMessage } from "#client/messages/outbox-store.ts";

const none: PendingMessage[] = [];

/** What I wrote here and the timeline does not show yet. */
export function useOutbox(conversationId: string) {
  const { outbox } = useRealtime();
  const queryClient = useQueryClient();
  const all = useSyncExternalStore(outbox.subscribe, outbox.all, () => none);
  // The event may arrive before the answer to the send: then the stored row is shown already.
  const stored = queryClient.getQueryData<Timeline>(timelineKey(conversationId))?.messages;
  const pending = useMemo(() => {
    const shown = new Set(stored?.slice(-50).map((message) => message.clientId));
    return all.filter((one) => one.conversationId === conversationId && !shown.has(one.clientId));
  }, [all, stored, conversationId]);
  return {
    pending,
    /** `shown` is the message as it will be stored, which often is the draft itself. */
    send: (content: Sendable, shown: Content, batch?: string) => outbox.send(conversationId, content, shown, batch),
    retry: outbox.retry,
    discard: outbox.discard,
  };
}
