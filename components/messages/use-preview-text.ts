"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { PendingMessage } from "#client/messages/use-outbox.ts";
import { isStored } from "#components/messages/rows.ts";
import { useStickerLabel } from "#components/stickers/use-sticker-label.ts";
import { previewOf } from "#contracts/kinds/index.ts";
import { parseMarkup, plainOf } from "#contracts/markup.ts";
import type { Message } from "#contracts/messages.ts";

const said = ["image", "voice", "video", "file", "sticker", "news", "card", "location", "red_packet"] as const;

/** A preview begins with what it is, "[Photo] …", for everyone who cannot do better; here in the reader's language. */
export function usePreviewText(): (kind: string, preview: string) => string {
  const t = useTranslations("kinds");
  const labelOf = useStickerLabel();
  return useCallback(
    (kind, preview) => {
      const known = said.find((one) => one === kind);
      if (known === "sticker")
        return preview.replace(/^\[[^\]]*\] ?(.*)$/, (_, label) => `[${t(known)}] ${labelOf(label)}`);
      return known ? preview.replace(/^\[[^\]]*\]/, () => `[${t(known)}]`) : preview;
    },
    [t, labelOf],
  );
}

/** The whole message as text, for screen readers. */
export function useSpokenText(): (item: Message | PendingMessage) => string {
  const previewText = usePreviewText();
  return (item) => {
    const content = isStored(item) ? item.content : item.optimistic;
    if ((content.kind === "text" || content.kind === "link") && typeof content.text === "string") {
      return plainOf(parseMarkup(content.text));
    }
    return previewText(content.kind, isStored(item) ? item.preview : previewOf(item.optimistic));
  };
}
