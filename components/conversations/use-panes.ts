"use client";

import { useEffect, useRef } from "react";
import { useShortcut } from "#components/shortcuts/use-shortcut.ts";

const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
/** Where a pane is entered for the first time: the open chat, the composer, the last message, else the first control. */
const entries = [
  "[aria-current=true], [aria-current=page]",
  "#composer",
  "[role=article][tabindex='0']",
  "a[href], button, input",
];

function entryOf(pane: Element): HTMLElement | undefined {
  for (const selector of entries) {
    const found = [...pane.querySelectorAll<HTMLElement>(selector)].find(isShown);
    if (found) return found;
  }
  return undefined;
}

/** F6 and Shift+F6 go around the panes that are shown (`data-pane`), each to where the focus last was in it. */
export function usePanes(): void {
  const last = useRef(new WeakMap<Element, HTMLElement>());
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      const pane = target instanceof HTMLElement ? target.closest("[data-pane]") : null;
      if (pane && target instanceof HTMLElement) last.current.set(pane, target);
    };
    addEventListener("focusin", onFocus);
    return () => removeEventListener("focusin", onFocus);
  }, []);
  const go = (step: 1 | -1) => {
    const panes = [...document.querySelectorAll("[data-pane]")].filter(isShown);
    const at = panes.findIndex((pane) => pane.contains(document.activeElement));
    const from = at < 0 && step < 0 ? 0 : at;
    const pane = panes[(from + step + panes.length) % panes.length];
    if (!pane) return;
    const before = last.current.get(pane);
    (before && pane.contains(before) && isShown(before) ? before : entryOf(pane))?.focus();
  };
  useShortcut("nextPane", () => go(1));
  useShortcut("previousPane", () => go(-1));
}
