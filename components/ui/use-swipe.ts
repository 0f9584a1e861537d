"use client";

import { type PointerEvent, useRef } from "react";

/** Further than a scrolling finger strays sideways. */
const beginPx = 12;
/** From here on letting go acts. */
const actPx = 56;
const mostPx = 72;
/** The edge of the screen belongs to the gesture that goes back. */
const edgePx = 24;

type Swipe = { x: number; y: number; element: HTMLElement; moved: number | null };

/**
 * Handlers for an element that a finger drags in the reading direction: it follows a little, and `onSwipe` is called when
 * it is let go far enough. The element needs `touch-action: pan-y`, or the browser takes the gesture for its own, and
 * moves by `--swipe`. There has to be another way to the same thing: a mouse and a keyboard cannot swipe.
 */
export function useSwipe(onSwipe: () => void) {
  const swipe = useRef<Swipe | null>(null);
  const end = () => {
    swipe.current?.element.style.removeProperty("--swipe");
    swipe.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const { pointerType, clientX: x, clientY: y, currentTarget: element, target } = event;
      end();
      // React passes on events of a dialog that the element opened.
      if (!(target instanceof Node && element.contains(target))) return;
      if (pointerType !== "touch" || x < edgePx || x > window.innerWidth - edgePx) return;
      swipe.current = { x, y, element, moved: null };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent<HTMLElement>) => {
      const now = swipe.current;
      if (!now) return;
      const direction = getComputedStyle(now.element).direction === "rtl" ? -1 : 1;
      const along = (clientX - now.x) * direction;
      const across = Math.abs(clientY - now.y);
      if (now.moved === null && (across > beginPx || along < -beginPx)) return end();
      if (now.moved === null && along < beginPx) return;
      now.moved = Math.max(0, Math.min(along, mostPx));
      now.element.style.setProperty("--swipe", `${now.moved * direction}px`);
    },
    onPointerUp: () => {
      const far = (swipe.current?.moved ?? 0) >= actPx;
      end();
      if (far) onSwipe();
    },
    onPointerCancel: end,
  };
}
