"use client";

import { useRef } from "react";
import { StickerPicture } from "#components/stickers/sticker-picture.tsx";
import { useStickerLabel } from "#components/stickers/use-sticker-label.ts";
import { moveStop, stepButtons } from "#components/ui/roving-buttons.ts";
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
      onKeyDown={(event) => list.current && stepButtons(event, list.current)}
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
