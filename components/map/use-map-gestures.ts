"use client";

import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { moved, type View, zoomed } from "#components/map/map-view.ts";

type Change = (update: (view: View) => View) => void;
type Point = { x: number; y: number };

/** A pointer that travelled less than this pressed the map instead of dragging it. */
const pressPx = 5;
export const zoomStep = 1.6;
const lineOfWheelPx = 16;

const distance = (one: Point, two: Point) => Math.max(1, Math.hypot(one.x - two.x, one.y - two.y));

/** Arrow keys move by a twelfth of the width, with Shift by a tenth of that; `null` for keys that mean nothing here. */
function changeOfKey({ key, shiftKey }: KeyboardEvent): ((view: View) => View) | null {
  const step = (view: View) => (view.width / 12) * (shiftKey ? 0.1 : 1);
  if (key === "ArrowLeft") return (view) => moved(view, -step(view), 0);
  if (key === "ArrowRight") return (view) => moved(view, step(view), 0);
  if (key === "ArrowUp") return (view) => moved(view, 0, -step(view));
  if (key === "ArrowDown") return (view) => moved(view, 0, step(view));
  if (key === "+" || key === "=") return (view) => zoomed(view, zoomStep);
  if (key === "-" || key === "_") return (view) => zoomed(view, 1 / zoomStep);
  return null;
}

/**
 * Moves a map under its middle: by dragging, by a press on what shall be the middle, by arrow keys; and zooms it by wheel,
 * two fingers, + and -. `element` shows the whole view. Spread what is returned on it.
 */
export function useMapGestures(element: RefObject<HTMLElement | null>, change: Change) {
  const pointers = useRef(new Map<number, Point>());
  const travelledPx = useRef(0);
  const latest = useRef(change);
  latest.current = change;

  // React listens for the wheel passively, where the page cannot be kept from scrolling.
  useEffect(() => {
    const map = element.current;
    if (!map) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const px = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineOfWheelPx : 1);
      latest.current((view) => zoomed(view, Math.exp(-px * 0.002)));
    };
    map.addEventListener("wheel", onWheel, { passive: false });
    return () => map.removeEventListener("wheel", onWheel);
  }, [element]);

  /** By pixels of the screen, to the right and down. */
  const moveBy = (right: number, down: number) => {
    const width = element.current?.clientWidth ?? 0;
    if (width > 0) latest.current((view) => moved(view, (right * view.width) / width, (down * view.width) / width));
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      if (pointers.current.size === 0) travelledPx.current = 0;
      pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const before = pointers.current.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      pointers.current.set(event.pointerId, now);
      travelledPx.current += Math.hypot(now.x - before.x, now.y - before.y);
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      if (other) latest.current((view) => zoomed(view, distance(now, other) / distance(before, other)));
      else moveBy(before.x - now.x, before.y - now.y);
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const wasAlone = pointers.current.size === 1;
      if (!pointers.current.delete(event.pointerId) || !wasAlone || travelledPx.current >= pressPx) return;
      const box = event.currentTarget.getBoundingClientRect();
      moveBy(event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2);
    },
    onPointerCancel: (event: PointerEvent<HTMLElement>) => {
      pointers.current.delete(event.pointerId);
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const update = event.ctrlKey || event.metaKey || event.altKey ? null : changeOfKey(event);
      if (!update) return;
      event.preventDefault();
      latest.current(update);
    },
  };
}
