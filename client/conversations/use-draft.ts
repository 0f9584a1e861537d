"use client";

import { useCallback } from "react";
import { draftTexts } from "#client/conversations/draft-words.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { useLocalText } from "#client/use-local-text.ts";

/** The unsent text of a conversation: of this device, and soon of all of mine. */
export function useDraft(conversationId: string): [string, (text: string) => void] {
  const { drafts } = useRealtime();
  const [text] = useLocalText(draftTexts, conversationId);
  return [text, useCallback((next: string) => drafts.write(conversationId, next), [drafts, conversationId])];
}
