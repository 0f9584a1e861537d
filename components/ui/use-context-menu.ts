"use client";

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from "react";
import type { MenuPoint } from "#components/ui/menu-at.tsx";
import { useLongPress } from "#components/ui/use-long-press.ts";

/** React passes on events of what an element opened, such as its menu, although that stands elsewhere in the page. */
const isInside = ({ target, currentTarget }: { target: EventTarget; currentTarget: Element }) =>
  target instanceof Node && currentTarget.contains(target);

/**
 * Handlers for an element that has a menu: a right click, a long touch, Shift+F10 and the menu key open it, the pointer
 * where it is and the keyboard below the beginning of the element, or of the `part` of it that this selector finds.
 */
export function useContextMenu(onMenu: (point: MenuPoint) => void, part?: string) {
  const touch = useRef<{ point: MenuPoint | null; opened: boolean }>({ point: null, opened: false });
  const { onPointerDown, ...press } = useLongPress(() => {
    touch.current.opened = true;
    if (touch.current.point) onMenu(touch.current.point);
  });
  return {
    ...press,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (!isInside(event)) return;
      touch.current = { point: { x: event.clientX, y: event.clientY, from: event.currentTarget }, opened: false };
      onPointerDown(event);
    },
    // The finger that opened the menu is lifted: that is no press of the element.
    onClickCapture: (event: MouseEvent<HTMLElement>) => {
      if (!isInside(event) || !touch.current.opened) return;
      touch.current.opened = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      if (!isInside(event)) return;
      event.preventDefault();
      onMenu({ x: event.clientX, y: event.clientY, from: event.currentTarget });
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (!isInside(event) || (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey))) return;
      event.preventDefault();
      const from = event.currentTarget;
      const beside = part ? from.querySelector<HTMLElement>(part) : null;
      onMenu({ ...pointBelow(beside ?? from), from });
    },
  };
}

export function pointBelow(from: HTMLElement): MenuPoint {
  const { left, top, height } = from.getBoundingClientRect();
  return { x: left + 24, y: top + height / 2, from };
}
