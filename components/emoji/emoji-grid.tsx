"use client";

import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { EmojiRow, HeadingRow } from "#components/emoji/emoji-row.tsx";
import { cellSize, rowsInSight, step } from "#components/emoji/grid-layout.ts";
import type { Shown } from "#components/emoji/use-emoji-sections.ts";
import { placeOf, useEmojiTones } from "#components/emoji/use-emoji-tones.tsx";
import type { useGridWindow } from "#components/emoji/use-grid-window.ts";
import { isComposed } from "#components/ui/composing.ts";

/** For the search field above and the groups below. */
export type GridHandle = { focus: (at?: number) => void };

type GridProps = {
  label: string;
  window: ReturnType<typeof useGridWindow<Shown>>;
  handle: RefObject<GridHandle | null>;
  /** `byKeyboard`: the focus is to stay. */
  onChoose: (emoji: string, byKeyboard: boolean) => void;
};

/** One stop of the Tab key; arrows go from emoji to emoji. Only the rows in sight are in the page. */
export function EmojiGrid({ label, window: { scroller, layout, view, ...scrolling }, handle, onChoose }: GridProps) {
  const { at, setAt, cellAt, focus } = useGridFocus(scroller, layout.count, scrolling.scrollToRow);
  useImperativeHandle(handle, () => ({ focus }));
  const items = layout.rows.flatMap((row) => (row.type === "items" ? [...row.items] : []));
  const { tones, ask, longPress, wasHeld } = useEmojiTones(items, onChoose);

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposed(event)) return;
    const place = placeOf(event);
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      if (place !== null && ask(place, cellAt(place))) event.preventDefault();
      return;
    }
    const rightToLeft = getComputedStyle(event.currentTarget).direction === "rtl";
    const key = rightToLeft ? (mirrored[event.key] ?? event.key) : event.key;
    const page = Math.max(1, Math.floor(view.height / cellSize) - 1);
    const target = place === null ? undefined : step(layout, place, { key, ctrlKey: event.ctrlKey }, page);
    if (target === undefined) return;
    event.preventDefault();
    focus(target);
  };
  const onClick = (event: MouseEvent) => {
    const [place, held] = [placeOf(event), wasHeld()];
    const item = place === null ? undefined : items[place];
    if (!item || held) return;
    setAt(place ?? 0);
    onChoose(item.emoji, event.detail === 0);
  };
  const onContextMenu = (event: MouseEvent) => {
    const place = placeOf(event);
    if (place !== null && ask(place, cellAt(place))) event.preventDefault();
  };
  return (
    <div ref={scroller} onScroll={scrolling.onScroll} className="pane-scroll min-h-0 flex-1 px-2 sm:px-4">
      {/* biome-ignore lint/a11y/useSemanticElements: rows out of sight are not drawn, which a table cannot have. */}
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={layout.rows.length}
        {...{ onKeyDown, onClick, onContextMenu }}
        {...longPress}
        className="relative"
        style={{ height: layout.height }}
      >
        {rowsInSight(layout, view.top, view.top + view.height, at).map((row) =>
          row.type === "heading" ? (
            <HeadingRow key={row.key} row={row} />
          ) : (
            <EmojiRow
              key={row.key}
              row={row}
              columns={view.columns}
              stop={at >= row.first && at < row.first + row.items.length ? at - row.first : -1}
            />
          ),
        )}
      </div>
      {tones}
    </div>
  );
}

/** Which cell is the stop of the Tab key. One that is far away is drawn first, and then gets the focus. */
function useGridFocus(scroller: RefObject<HTMLElement | null>, count: number, scrollToRow: (at: number) => void) {
  const [wanted, setAt] = useState(0);
  const at = Math.min(wanted, Math.max(0, count - 1));
  const focusSoon = useRef(false);
  const cellAt = (place: number) => scroller.current?.querySelector<HTMLElement>(`[data-at="${place}"]`);
  const focus = (place = at) => {
    scrollToRow(place);
    focusSoon.current = place !== at;
    setAt(place);
    if (place === at) cellAt(place)?.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (!focusSoon.current) return;
    focusSoon.current = false;
    cellAt(at)?.focus({ preventScroll: true });
  });
  return { at, setAt, cellAt, focus };
}

const mirrored: Record<string, string> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
