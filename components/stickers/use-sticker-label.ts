"use client";

import { useMessages } from "next-intl";
import { useCallback } from "react";

/** What a sticker shows, in the reader's language where it is one of ours; their labels are keys. */
export function useStickerLabel(): (label: string) => string {
  const { labels } = useMessages().stickers;
  const known = labels as Record<string, string>; // keys of a file, asked for by whatever a message says
  return useCallback((label) => (Object.hasOwn(known, label) ? (known[label] ?? label) : label), [known]);
}

/** The name of a pack: ours have one in every language. */
export function usePackName(): (pack: { key: string | null; name: string }) => string {
  const { packs } = useMessages().stickers;
  const known = packs as Record<string, string>; // as above
  return useCallback(
    ({ key, name }) => (key !== null && Object.hasOwn(known, key) ? (known[key] ?? name) : name),
    [known],
  );
}
