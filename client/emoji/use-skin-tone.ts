"use client";

import type { SkinTone } from "#client/emoji/emoji-data.ts";
import { createLocalStore } from "#client/local-store.ts";
import { useLocalText } from "#client/use-local-text.ts";

const store = createLocalStore("skin-tone/");
const tones: readonly SkinTone[] = [1, 2, 3, 4, 5];

/** The skin tone that I chose for all emoji on this device; null for none. */
export function useSkinTone(): [SkinTone | null, (tone: SkinTone | null) => void] {
  const [text, write] = useLocalText(store);
  return [tones.find((tone) => `${tone}` === text) ?? null, (tone) => write(tone === null ? "" : `${tone}`)];
}
