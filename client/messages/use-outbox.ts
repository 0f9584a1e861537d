"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { PendingMessage } from "#client/messages/outbox-store.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import type { Content, Sendable } from "#contracts/kinds/index.ts";

export { notYetStored, type PendingMessage } from "#client/messages/outbox-store.ts";

const none: PendingMessage[] = [];

/** The outbox of one conversation; `pending` may contain messages that the timeline shows already (`notYetStored`). */
export function useOutbox(conversationId: string) {
  const { outbox } = useRealtime();
  const all = useSyncExternalStore(outbox.subscribe, outbox.all, () => none);
  const pending = useMemo(() => all.filter((one) => one.conversationId === conversationId), [all, conversationId]);
  return {
    pending,
    /** `optimistic` is the message as it will be stored, which often is the draft itself. */
    send: (content: Sendable, optimistic: Content, batch?: string) =>
      outbox.send(conversationId, content, optimistic, batch),
    retry: outbox.retry,
    discard: outbox.discard,
  };
}
