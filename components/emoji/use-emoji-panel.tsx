"use client";

import { Smile } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import type { Send } from "#client/messages/use-outbox.ts";
import { IconButton } from "#components/ui/button.tsx";
import { LazyView } from "#components/ui/lazy-view.tsx";
import { panelHeight } from "#components/ui/panel-height.ts";
import { useBackLayer } from "#components/ui/use-back-layer.ts";
import type { Sticker } from "#contracts/stickers.ts";

const loadPanel = () => import("#components/emoji/emoji-panel.tsx").then((module) => module.EmojiPanel);

type Options = {
  /** The field: it and the panel share the place of the keyboard. */
  area: RefObject<HTMLTextAreaElement | null>;
  /** Writes an emoji where the caret is. */
  insert: (emoji: string) => void;
  onSend: Send;
  onOpen: () => void;
};

/** The smile beside the field and the panel that it opens; `onOpen` puts away what else is under the field. */
export function useEmojiPanel({ area, insert, onSend, onOpen }: Options): {
  button: ReactNode;
  panel: ReactNode;
  open: boolean;
  close: () => void;
} {
  const t = useTranslations("emoji");
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  useBackLayer(open, close);
  useKeyboardOrPanel(area, open, close);
  const toggle = () => {
    if (!open) onOpen();
    setOpen(!open);
  };
  const sendSticker = ({ id: stickerId, packId, label, picture }: Sticker) =>
    onSend({ kind: "sticker", stickerId }, { kind: "sticker", stickerId, packId, label, picture });
  const write = (emoji: string, byKeyboard: boolean) => {
    insert(emoji);
    // A mouse leaves the keyboard free for the field. A touch must not bring up the keyboard; a key stays in the grid.
    if (!byKeyboard && matchMedia("(pointer: fine)").matches) area.current?.focus({ preventScroll: true });
  };
  return {
    open,
    close,
    button: (
      <IconButton
        label={t("panel")}
        aria-expanded={open}
        aria-controls="emoji-panel"
        className="size-11 rounded-full [&>svg]:size-6"
        onClick={toggle}
      >
        <Smile aria-hidden className={open ? "text-accent-ink" : ""} />
      </IconButton>
    ),
    panel: open ? (
      <section
        id="emoji-panel"
        aria-label={t("panel")}
        className={`mx-auto flex ${panelHeight} max-w-3xl animate-panel flex-col border-line border-t`}
      >
        <LazyView name="emoji-panel" load={loadPanel} props={{ onEmoji: write, onSticker: sendSticker }} />
      </section>
    ) : null,
  };
}

/** On touch screens the panel stands where the keyboard was: opening it closes the keyboard, and the field closes it. */
function useKeyboardOrPanel(area: RefObject<HTMLTextAreaElement | null>, open: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const field = area.current;
    if (!open || !field || matchMedia("(pointer: fine)").matches) return;
    // Safari leaves the focus in the field when a button is pressed.
    field.blur();
    const onFocus = () => latest.current();
    field.addEventListener("focus", onFocus);
    return () => field.removeEventListener("focus", onFocus);
  }, [area, open]);
}
