"use client";

import { useCallback, useMemo, useRef } from "react";
import type { LocalStore } from "#client/local-store.ts";
import { useLocalText } from "#client/use-local-text.ts";

/** What was used last in this browser, newest first, at most `kept`. What is remembered has no spaces. */
export function useRecentOnes(
  store: LocalStore,
  kept: number,
): { recents: readonly string[]; remember: (one: string) => void } {
  const [text, write] = useLocalText(store);
  const recents = useMemo(() => text.split(" ").filter((one) => one !== ""), [text]);
  const latest = useRef(recents);
  latest.current = recents;
  const remember = useCallback(
    (one: string) => write([one, ...latest.current.filter((other) => other !== one)].slice(0, kept).join(" ")),
    [write, kept],
  );
  return { recents, remember };
}
