"use client";

import { useCallback, useEffect, useState } from "react";

/** Of a row that a finger drags aside, and of one that stays there. */
export type RowSwipeState = "moving" | "open" | null;

/** One row at a time stands aside. A press elsewhere and Escape put it back. */
export function useSwipedRow() {
  const [swiped, setSwiped] = useState<{ id: string; swipe: RowSwipeState } | null>(null);
  const onSwipe = useCallback((id: string, swipe: RowSwipeState) => setSwiped(swipe && { id, swipe }), []);
  const isOpen = swiped?.swipe === "open";
  useEffect(() => {
    if (!isOpen) return;
    const close = () => setSwiped(null);
    const press = ({ target }: PointerEvent) => {
      if (target instanceof Element && !target.closest("[data-swiped]")) close();
    };
    const onKey = ({ key }: KeyboardEvent) => key === "Escape" && close();
    document.addEventListener("pointerdown", press);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", press);
      document.removeEventListener("keydown", onKey);
    };
  }, [isOpen]);
  return { swipeOf: (id: string) => (swiped?.id === id ? swiped.swipe : null), onSwipe };
}
