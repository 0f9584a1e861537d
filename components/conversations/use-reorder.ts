"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

const moveMs = 180;
/** Rows below are out of sight in a list at its top; measuring them would cost without being seen. */
const mostRows = 40;

/**
 * Rows of a list move to their new places when their order changes. `keys` are those of the list's children, in order.
 * Only what is painted moves: the layout is the new one at once, so presses and measures never meet a row on its way.
 */
export function useReorder(list: RefObject<HTMLElement | null>, keys: readonly string[]): void {
  const before = useRef(new Map<string, number>());
  const order = keys.slice(0, mostRows).join(" ");
  useLayoutEffect(() => {
    if (!list.current) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const after = new Map<string, number>();
    for (const [at, key] of (order === "" ? [] : order.split(" ")).entries()) {
      const row = list.current.children[at];
      if (!(row instanceof HTMLElement)) continue;
      after.set(key, row.offsetTop);
      const moved = (before.current.get(key) ?? row.offsetTop) - row.offsetTop;
      if (moved !== 0 && !still) {
        row.animate({ translate: [`0 ${moved}px`, "0 0"] }, { duration: moveMs, easing: "ease-out" });
      }
    }
    before.current = after;
  }, [list, order]);
}
