"use client";

import { type FocusEvent, type KeyboardEvent, useRef } from "react";
import { StickerPicture } from "#components/stickers/sticker-picture.tsx";
import { useStickerLabel } from "#components/stickers/use-sticker-label.ts";
import type { Sticker, StickerPack } from "#contracts/stickers.ts";

/** CSS pixels, as the seed's packs mean them. */
const sizes: Record<StickerPack["size"], number> = { small: 32, medium: 64, large: 96 };

type GridProps = {
  label: string;
  stickers: readonly Sticker[];
  size: StickerPack["size"];
  onChoose: (sticker: Sticker) => void;
  /** A right click, a long press, or the menu key. */
  onAsk?: (sticker: Sticker) => void;
};

/** One stop of the Tab key; arrows, Home and End go from sticker to sticker. */
export function StickerGrid({ label, stickers, size, onChoose, onAsk }: GridProps) {
  const list = useRef<HTMLUListElement>(null);
  const labelOf = useStickerLabel();
  const pixels = sizes[size];
  return (
    <ul
      ref={list}
      aria-label={label}
      onKeyDown={(event) => list.current && step(event, list.current)}
      onFocus={(event) => list.current && moveStop(event, list.current)}
      className="grid justify-between gap-1"
      style={{ gridTemplateColumns: `repeat(auto-fill, ${Math.max(44, pixels + 8)}px)` }}
    >
      {stickers.map((sticker, at) => (
        <li key={sticker.id}>
          <button
            type="button"
            tabIndex={at === 0 ? 0 : -1}
            aria-label={labelOf(sticker.label)}
            title={labelOf(sticker.label)}
            onClick={() => onChoose(sticker)}
            onContextMenu={(event) => {
              if (!onAsk) return;
              event.preventDefault();
              onAsk(sticker);
            }}
            className="flex min-h-11 w-full items-center justify-center rounded-xl p-1 hover:bg-hover"
          >
            <StickerPicture picture={sticker.picture} variant="thumb" size={pixels} alt="" />
          </button>
        </li>
      ))}
    </ul>
  );
}

const buttons = (list: HTMLElement) => [...list.querySelectorAll("button")];

function moveStop(event: FocusEvent, list: HTMLElement): void {
  for (const button of buttons(list)) button.tabIndex = button === event.target ? 0 : -1;
}

/** How many stand in a row is for the browser to say. */
const columnsOf = (all: readonly HTMLElement[]) =>
  Math.max(1, all.filter(({ offsetTop }) => offsetTop === all[0]?.offsetTop).length);

function step(event: KeyboardEvent, list: HTMLElement): void {
  const all = buttons(list);
  const at = event.target instanceof HTMLButtonElement ? all.indexOf(event.target) : -1;
  const forward = getComputedStyle(list).direction === "rtl" ? -1 : 1;
  const targets: Record<string, number> = {
    ArrowRight: at + forward,
    ArrowLeft: at - forward,
    ArrowDown: at + columnsOf(all),
    ArrowUp: at - columnsOf(all),
    Home: 0,
    End: all.length - 1,
  };
  const target = targets[event.key];
  if (at < 0 || target === undefined) return;
  event.preventDefault();
  all[target]?.focus();
}
