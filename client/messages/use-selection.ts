"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import { selection } from "#client/messages/selection.ts";
import type { Message } from "#contracts/messages/message.ts";

/** Whether messages of a conversation are being selected. Rows ask for this alone, and draw again when it changes. */
export function useIsSelecting(conversationId: string): boolean {
  return useSyncExternalStore(
    selection.subscribe,
    () => selection.read()?.conversationId === conversationId,
    () => false,
  );
}

export function useIsSelected(conversationId: string, seq: number | null): boolean {
  const read = () => {
    const now = selection.read();
    return seq !== null && now?.conversationId === conversationId && now.messages.has(seq);
  };
  return useSyncExternalStore(selection.subscribe, read, () => false);
}

/** The selected messages of a conversation in their order; null while none are being selected. */
export function useSelected(conversationId: string): readonly Message[] | null {
  const now = useSyncExternalStore(selection.subscribe, selection.read, () => null);
  return useMemo(
    () => (now?.conversationId === conversationId ? [...now.messages.values()].sort((a, b) => a.seq - b.seq) : null),
    [now, conversationId],
  );
}

/** Keeps the selection of a conversation as its messages are now. */
export function useSelectionUpkeep(conversationId: string, messages: readonly Message[]): void {
  useEffect(() => selection.update(conversationId, messages), [conversationId, messages]);
}
