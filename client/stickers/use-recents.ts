"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { createLocalStore } from "#client/local-store.ts";

/** Two rows on a phone. */
const kept = 24;

const recentOnes = createLocalStore("stickers/");
const idsIn = (text: string) => text.split(" ").filter((id) => id !== "");

/** The ids of the stickers that were sent last from this browser, newest first. */
export function useRecents(): { recents: readonly string[]; remember: (stickerId: string) => void } {
  const meId = useMe().id;
  const text = useSyncExternalStore(
    recentOnes.subscribe,
    () => recentOnes.read(meId),
    () => "",
  );
  const recents = useMemo(() => idsIn(text), [text]);
  const remember = useCallback(
    (stickerId: string) => {
      const before = idsIn(recentOnes.read(meId)).filter((id) => id !== stickerId);
      recentOnes.write(meId, [stickerId, ...before].slice(0, kept).join(" "));
    },
    [meId],
  );
  return { recents, remember };
}
