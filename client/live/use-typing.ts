"use client";

import { useCallback, useRef, useSyncExternalStore } from "react";
import { useLiveContext } from "#client/live/live-provider.tsx";

/** The ids of those who are writing in a conversation now. */
export function useTyping(conversationId: string): readonly string[] {
  const { typing } = useLiveContext();
  const read = () => typing.inConversation(conversationId);
  return useSyncExternalStore(typing.subscribe, read, read);
}

/** Signs of writing are sent at most this often. */
const signEvery = 3_000;

/** To be called at every keystroke. */
export function useSignOfTyping(conversationId: string): () => void {
  const { live } = useLiveContext();
  const last = useRef(0);
  return useCallback(() => {
    const now = Date.now();
    if (now - last.current < signEvery) return;
    last.current = now;
    live.signTyping(conversationId);
  }, [live, conversationId]);
}
