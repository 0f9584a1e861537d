"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { PendingMessage } from "#client/messages/outbox-store.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import type { Content, Sendable } from "#contracts/messages/kinds/index.ts";

export { notYetStored, type PendingMessage } from "#client/messages/outbox-store.ts";

/** Sends a message. `optimistic`: the message as it will be stored. Messages of one `batch` keep their order. */
export type Send = (content: Sendable, optimistic: Content, batch?: string) => void;

const none: PendingMessage[] = [];

/**
 * The outbox of one conversation; `pending` may contain messages that the timeline has already; `notYetStored` removes
 * them.
 */
export function useOutbox(conversationId: string) {
  const { outbox } = useRealtime();
  const all = useSyncExternalStore(outbox.subscribe, outbox.all, () => none);
  const pending = useMemo(() => all.filter((one) => one.conversationId === conversationId), [all, conversationId]);
  const send: Send = (content, optimistic, batch) => outbox.send(conversationId, content, optimistic, batch);
  return { pending, send, retry: outbox.retry, discard: outbox.discard };
}
