"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import type { LocalStore } from "#client/local-store.ts";

/** A short text of mine on this device, "" at first: what was used lately, a choice. */
export function useLocalText(store: LocalStore): [string, (text: string) => void] {
  const meId = useMe().id;
  const text = useSyncExternalStore(
    store.subscribe,
    () => store.read(meId),
    () => "",
  );
  return [text, useCallback((next: string) => store.write(meId, next), [store, meId])];
}
