"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import type { LocalStore } from "#client/local-store.ts";

/** A short text of mine on this device, "" at first: what was used lately, a choice, or, by the `name` of a conversation, a draft. */
export function useLocalText(store: LocalStore, name?: string): [string, (text: string) => void] {
  const key = useLocalKey(name);
  const text = useSyncExternalStore(
    store.subscribe,
    () => store.read(key),
    () => "",
  );
  return [text, useCallback((next: string) => store.write(key, next), [store, key])];
}

/** Under which such a text is stored: two people may share a browser. */
function useLocalKey(name?: string): string {
  const meId = useMe().id;
  return name === undefined ? meId : `${meId}/${name}`;
}
