"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useMe } from "#client/accounts/use-me.ts";

const prefix = "imchat-draft/";
const listeners = new Set<() => void>();
/** Storage may be full or forbidden; a draft then lives as long as the tab. */
const remembered = new Map<string, string>();

function read(key: string): string {
  const held = remembered.get(key);
  if (held !== undefined) return held;
  let stored = "";
  try {
    stored = localStorage.getItem(key) ?? "";
  } catch {
    // Private windows of some browsers refuse storage altogether.
  }
  remembered.set(key, stored);
  return stored;
}

function write(key: string, text: string): void {
  remembered.set(key, text);
  try {
    if (text === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Kept in memory above.
  }
  for (const listener of listeners) listener();
}

function watch(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** What I have typed in a conversation and not sent. Keyed by person: two people may share a browser. */
export function useDraft(conversationId: string): [string, (text: string) => void] {
  const key = `${prefix}${useMe().id}/${conversationId}`;
  const draft = useSyncExternalStore(
    watch,
    () => read(key),
    () => "",
  );
  return [draft, useCallback((text) => write(key, text), [key])];
}

/** Whoever signs out leaves nothing readable behind. */
export function forgetDrafts(): void {
  remembered.clear();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // Nothing could have been kept either.
  }
}
