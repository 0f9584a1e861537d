"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { createLocalStore } from "#client/local-store.ts";

const drafts = createLocalStore("draft/");

/** The unsent text of a conversation. */
export function useDraft(conversationId: string): [string, (text: string) => void] {
  const key = `${useMe().id}/${conversationId}`;
  const draft = useSyncExternalStore(
    drafts.subscribe,
    () => drafts.read(key),
    () => "",
  );
  return [draft, useCallback((text) => drafts.write(key, text), [key])];
}
