"use client";

import { type PointerEvent, useCallback, useEffect, useRef } from "react";

/** As long as phones take for their own menus. */
const pressMs = 500;
/** A finger that moves further scrolls or selects. */
const movedPx = 10;

/** Handlers for an element that a long touch opens something on; a mouse has buttons for that. */
export function useLongPress(onLongPress: () => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const cancel = useCallback(() => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  }, []);
  useEffect(() => cancel, [cancel]);
  return {
    onPointerDown: (event: PointerEvent) => {
      cancel();
      if (event.pointerType !== "touch") return;
      press.current = { timer: setTimeout(onLongPress, pressMs), x: event.clientX, y: event.clientY };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (press.current && Math.hypot(clientX - press.current.x, clientY - press.current.y) > movedPx) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
  };
}
