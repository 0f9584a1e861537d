"use client";

import { useCallback, useRef, useSyncExternalStore } from "react";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";

/** The ids of people who are typing in a conversation now. */
export function useTyping(conversationId: string): readonly string[] {
  const { typing } = useRealtime();
  const read = () => typing.inConversation(conversationId);
  return useSyncExternalStore(typing.subscribe, read, read);
}

/** Typing events are sent at most this often. */
const sendEveryMs = 3_000;

/** To be called at every keystroke. */
export function useSendTyping(conversationId: string): () => void {
  const { realtime } = useRealtime();
  const last = useRef(0);
  return useCallback(() => {
    const now = Date.now();
    if (now - last.current < sendEveryMs) return;
    last.current = now;
    realtime.sendTyping(conversationId);
  }, [realtime, conversationId]);
}
