"use client";

import { Smile } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { Send } from "#client/messages/use-outbox.ts";
import { StickerPanel } from "#components/stickers/sticker-panel.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { useBackLayer } from "#components/ui/use-back-layer.ts";
import type { Sticker } from "#contracts/stickers.ts";

type Options = { onSend: Send; onOpen: () => void };

/** The smile beside the field and the panel that it opens; `onOpen` puts away what else is under the field. */
export function useStickerPanel({ onSend, onOpen }: Options): {
  button: ReactNode;
  panel: ReactNode;
  open: boolean;
  close: () => void;
} {
  const t = useTranslations("stickers");
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  useBackLayer(open, close);
  const toggle = () => {
    if (!open) onOpen();
    setOpen(!open);
  };
  const send = ({ id: stickerId, packId, label, picture }: Sticker) =>
    onSend({ kind: "sticker", stickerId }, { kind: "sticker", stickerId, packId, label, picture });
  return {
    open,
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
    panel: open ? <StickerPanel id="stickers" onChoose={send} /> : null,
  };
}
