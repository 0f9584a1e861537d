"use client";

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from "react";
import type { MenuPoint } from "#components/ui/menu-at.tsx";
import { useLongPress } from "#components/ui/use-long-press.ts";

/**
 * Handlers for an element that has a menu: a right click, a long touch, Shift+F10 and the menu key open it, the pointer
 * where it is and the keyboard below the element's beginning.
 */
export function useContextMenu(onMenu: (point: MenuPoint) => void) {
  const touch = useRef<{ point: MenuPoint | null; opened: boolean }>({ point: null, opened: false });
  const { onPointerDown, ...press } = useLongPress(() => {
    touch.current.opened = true;
    if (touch.current.point) onMenu(touch.current.point);
  });
  return {
    ...press,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      touch.current = { point: { x: event.clientX, y: event.clientY, from: event.currentTarget }, opened: false };
      onPointerDown(event);
    },
    // The finger that opened the menu is lifted: that is no press of the element.
    onClickCapture: (event: MouseEvent<HTMLElement>) => {
      if (!touch.current.opened) return;
      touch.current.opened = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      event.preventDefault();
      onMenu({ x: event.clientX, y: event.clientY, from: event.currentTarget });
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return;
      event.preventDefault();
      onMenu(pointBelow(event.currentTarget));
    },
  };
}

export function pointBelow(from: HTMLElement): MenuPoint {
  const { left, top, height } = from.getBoundingClientRect();
  return { x: left + 24, y: top + height / 2, from };
}
