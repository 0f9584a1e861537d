"use client";

import { useTranslations } from "next-intl";
import { type PointerEvent, type RefObject, useRef, useState } from "react";
import type { TonedEmoji } from "#client/emoji/emoji-data.ts";
import { TonePopover } from "#components/emoji/tone-popover.tsx";
import { useEmojiName } from "#components/emoji/use-emoji-name.ts";
import type { Shown } from "#components/emoji/use-emoji-sections.ts";
import { useLongPress } from "#components/ui/use-long-press.ts";

/** The place of the cell that an event came from. */
export function placeOf({ target }: { target: EventTarget }): number | null {
  const at = target instanceof Element ? target.closest<HTMLElement>("[data-at]")?.dataset.at : undefined;
  return at === undefined ? null : Number(at);
}

/** The skin tones of one emoji: by a long press, a right click, the menu key. */
export function useEmojiTones(items: readonly Shown[], onChoose: (emoji: string, byKeyboard: boolean) => void) {
  const anchor = useRef<HTMLElement | null>(null);
  const [asked, setAsked] = useState<Shown | null>(null);
  const held = useRef(false);
  const pressed = useRef<EventTarget | null>(null);
  const ask = (place: number, cell: HTMLElement | null | undefined): boolean => {
    const item = items[place];
    if (!item || item.entry.toned.length === 0 || !cell) return false;
    anchor.current = cell;
    setAsked(item);
    return true;
  };
  const { onPointerDown, ...longPress } = useLongPress(() => {
    const target = pressed.current;
    const place = target ? placeOf({ target }) : null;
    const cell = target instanceof Element ? target.closest<HTMLElement>("[data-at]") : null;
    if (place !== null) held.current = ask(place, cell);
  });
  return {
    ask,
    /** The click that ends a long press chooses nothing. */
    wasHeld: () => {
      const was = held.current;
      held.current = false;
      return was;
    },
    longPress: {
      ...longPress,
      onPointerDown: (event: PointerEvent) => {
        held.current = false;
        pressed.current = event.target;
        onPointerDown(event);
      },
    },
    tones: <TonesOfOne {...{ asked, anchor, onChoose }} onClose={() => setAsked(null)} />,
  };
}

type TonesProps = {
  asked: Shown | null;
  anchor: RefObject<HTMLElement | null>;
  onChoose: (emoji: string, byKeyboard: boolean) => void;
  onClose: () => void;
};

function TonesOfOne({ asked, anchor, onChoose, onClose }: TonesProps) {
  const t = useTranslations("emoji");
  const nameOf = useEmojiName();
  const options: TonedEmoji[] = asked ? [{ emoji: asked.entry.emoji, tones: [] }, ...asked.entry.toned] : [];
  const choices = asked
    ? options.map((toned) => ({
        emoji: toned.emoji,
        name: nameOf(asked.entry, toned),
        chosen: toned.emoji === asked.emoji,
      }))
    : [];
  return (
    <TonePopover
      label={t("tonesOf", { name: choices[0]?.name ?? "" })}
      choices={choices}
      open={asked !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      onChoose={(place) => {
        const option = options[place];
        onClose();
        // The focus goes back to the cell.
        if (option) onChoose(option.emoji, true);
      }}
      at={anchor}
    />
  );
}
