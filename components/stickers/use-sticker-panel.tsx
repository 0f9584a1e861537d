"use client";

import { Smile } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useState } from "react";
import type { Send } from "#components/messages/composer.tsx";
import { StickerPanel } from "#components/stickers/sticker-panel.tsx";
import { IconButton } from "#components/ui/button.tsx";
import type { Sticker } from "#contracts/stickers.ts";

type Options = { onSend: Send; onOpen: () => void; field: RefObject<HTMLElement | null> };

/** The smile beside the field and the panel that it opens; `onOpen` puts away what else is under the field. */
export function useStickerPanel({ onSend, onOpen, field }: Options): {
  button: ReactNode;
  panel: ReactNode;
  close: () => void;
} {
  const t = useTranslations("stickers");
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const toggle = () => {
    if (!open) onOpen();
    setOpen(!open);
  };
  const send = ({ id: stickerId, packId, label, picture }: Sticker) =>
    onSend({ kind: "sticker", stickerId }, { kind: "sticker", stickerId, packId, label, picture });
  const leave = () => {
    close();
    field.current?.focus({ preventScroll: true });
  };
  return {
    close,
    button: (
      <IconButton
        label={t("label")}
        aria-expanded={open}
        aria-controls="stickers"
        className="size-11 rounded-full [&>svg]:size-6"
        onClick={toggle}
      >
        <Smile aria-hidden className={open ? "text-accent-ink" : ""} />
      </IconButton>
    ),
    panel: open ? <StickerPanel id="stickers" onChoose={send} onLeave={leave} /> : null,
  };
}
