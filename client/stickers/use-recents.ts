"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { createListeners } from "#client/listeners.ts";

const prefix = "imchat-stickers/";
/** Two rows on a phone; more is a search, not a memory. */
const kept = 24;

const { tell, subscribe } = createListeners();
/** Storage may be full or forbidden; what was used lately then lives as long as the tab. */
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

/** The ids of the stickers that I sent lately from this browser, the last first. Keyed by person. */
export function useRecents(): { recents: readonly string[]; remember: (stickerId: string) => void } {
  const key = `${prefix}${useMe().id}`;
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => "",
  );
  const recents = useMemo(() => text.split(" ").filter((id) => id !== ""), [text]);
  const remember = useCallback(
    (stickerId: string) => {
      const before = read(key).split(" ");
      const now = [stickerId, ...before.filter((id) => id !== "" && id !== stickerId)].slice(0, kept).join(" ");
      remembered.set(key, now);
      try {
        localStorage.setItem(key, now);
      } catch {
        // Kept in memory above.
      }
      tell();
    },
    [key],
  );
  return { recents, remember };
}

/** Whoever signs out leaves nothing readable behind. */
export function forgetRecents(): void {
  remembered.clear();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // Nothing could have been kept either.
  }
}
