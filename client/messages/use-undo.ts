"use client";

import { useCallback } from "react";
import { useDraft } from "#client/conversations/use-draft.ts";
import type { PendingMessage } from "#client/messages/outbox-store.ts";
import { readUndoSeconds, type UndoSeconds, undoWindows } from "#client/messages/undo-window.ts";
import { useSetComposeTarget } from "#client/messages/use-compose-target.ts";
import { useRealtime } from "#client/realtime/realtime-provider.tsx";
import { useLocalText } from "#client/use-local-text.ts";
import { isBlank } from "#contracts/invisible.ts";

/** How long this device holds what I send. */
export function useUndoSeconds(): [UndoSeconds, (seconds: UndoSeconds) => void] {
  const [text, write] = useLocalText(undoWindows);
  return [readUndoSeconds(text), useCallback((seconds) => write(seconds === 0 ? "" : String(seconds)), [write])];
}

/** Takes a held message back: its words stand in the composer again, before what was written since. */
export function useUndo({ clientId, conversationId, content }: PendingMessage): () => void {
  const { outbox } = useRealtime();
  const [draft, write] = useDraft(conversationId);
  const answer = useSetComposeTarget(conversationId);
  return () => {
    if (!outbox.undo(clientId) || !("text" in content)) return;
    write(isBlank(draft) ? content.text : `${content.text}\n${draft}`);
    if (content.replyTo !== undefined) answer({ action: "reply", seq: content.replyTo });
  };
}
