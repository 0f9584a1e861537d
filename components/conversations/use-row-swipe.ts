"use client";

import { type PointerEvent, useLayoutEffect, useRef } from "react";

/** Of the actions behind a row: four of 56 pixels. */
const widthPx = 224;
/** Further than a scrolling finger strays sideways. */
const beginPx = 12;
/** The edges of the screen belong to the gesture that goes back. */
const edgePx = 24;

type Swipe = { x: number; y: number; row: HTMLElement; moved: number | null };
type RowSwipe = { open: boolean; onReveal: () => void; onEnd: (open: boolean) => void };

const directionOf = (row: HTMLElement) => (getComputedStyle(row).direction === "rtl" ? -1 : 1);
const place = (row: HTMLElement, px: number) => {
  if (px === 0) row.style.removeProperty("--swipe");
  else row.style.setProperty("--swipe", `${-px * directionOf(row)}px`);
};

/**
 * Handlers for a row that a finger drags against the reading direction: it follows, and stays aside when it is let go far
 * enough, until `open` ends. `onReveal` is called when the drag begins. The row (`ref`) moves by `--swipe`, and the handlers'
 * element needs `touch-action: pan-y`. There has to be another way to the same actions.
 */
export function useRowSwipe({ open, onReveal, onEnd }: RowSwipe) {
  const ref = useRef<HTMLLIElement>(null);
  const swipe = useRef<Swipe | null>(null);
  useLayoutEffect(() => {
    if (ref.current) place(ref.current, open ? widthPx : 0);
  }, [open]);
  const stop = () => {
    if (swipe.current?.moved != null) place(swipe.current.row, open ? widthPx : 0);
    swipe.current = null;
  };
  const handlers = {
    onPointerDown: ({ pointerType, clientX: x, clientY: y }: PointerEvent<HTMLElement>) => {
      stop();
      if (pointerType !== "touch" || x < edgePx || x > window.innerWidth - edgePx || !ref.current) return;
      swipe.current = { x, y, row: ref.current, moved: null };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent<HTMLElement>) => {
      const now = swipe.current;
      if (!now) return;
      const along = (now.x - clientX) * directionOf(now.row);
      if (now.moved === null) {
        if (Math.abs(clientY - now.y) > beginPx || (!open && along < -beginPx)) return stop();
        if (Math.abs(along) < beginPx) return;
        onReveal();
      }
      now.moved = Math.max(0, Math.min((open ? widthPx : 0) + along, widthPx));
      place(now.row, now.moved);
    },
    onPointerUp: () => {
      const moved = swipe.current?.moved ?? null;
      const far = moved !== null && moved > widthPx * (open ? 0.7 : 0.3);
      if (moved !== null && swipe.current) place(swipe.current.row, far ? widthPx : 0);
      swipe.current = null;
      if (moved !== null) onEnd(far);
    },
    onPointerCancel: () => {
      const moved = swipe.current?.moved ?? null;
      stop();
      if (moved !== null) onEnd(open);
    },
  };
  return { ref, handlers };
}
