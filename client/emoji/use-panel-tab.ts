"use client";

import { createLocalStore } from "#client/local-store.ts";
import { useLocalText } from "#client/use-local-text.ts";

const store = createLocalStore("panel-tab/");

/** Which side of the panel was open last on this device. */
export function usePanelTab(): ["emoji" | "stickers", (tab: string) => void] {
  const [text, write] = useLocalText(store);
  return [text === "stickers" ? "stickers" : "emoji", write];
}
