"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { PendingMessage } from "#client/messages/use-outbox.ts";
import { isStored } from "#components/messages/rows.ts";
import { useStickerLabel } from "#components/stickers/use-sticker-label.ts";
import { parseMarkup, plainOf } from "#contracts/markup.ts";
import { isLabelled, previewOf } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

/** Previews begin with an English label, "[Photo] …"; here it is in the reader's language. */
export function usePreviewText(): (kind: string, preview: string) => string {
  const t = useTranslations("kinds");
  const labelOf = useStickerLabel();
  return useCallback(
    (kind, preview) => {
      if (!isLabelled(kind)) return preview;
      const label = `[${t(kind)}]`;
      if (kind === "sticker") return preview.replace(/^\[[^\]]*\] ?(.*)$/, (_, name) => `${label} ${labelOf(name)}`);
      return preview.replace(/^\[[^\]]*\]/, () => label);
    },
    [t, labelOf],
  );
}

/** Of a list on the wire, which is open. */
const linesOf = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((line) => typeof line === "string") : [];

/** The whole message as text, for screen readers. */
export function useSpokenText(): (item: Message | PendingMessage, own: boolean) => string {
  const t = useTranslations("messages");
  const kinds = useTranslations("kinds");
  const previewText = usePreviewText();
  return (item, own) => {
    const content = isStored(item) ? item.content : item.optimistic;
    if ((content.kind === "text" || content.kind === "link") && typeof content.text === "string") {
      return plainOf(parseMarkup(content.text));
    }
    if (content.kind === "recalled" && "byAdmin" in content) return t("removedByAdmin");
    if (content.kind === "poll" && typeof content.question === "string") {
      return `[${kinds("poll")}] ${[content.question, ...linesOf(content.options)].join("\n• ")}`;
    }
    if (content.kind === "recalled") return t(own ? "recalledOwn" : "recalled");
    return previewText(content.kind, isStored(item) ? item.preview : previewOf(item.optimistic));
  };
}
