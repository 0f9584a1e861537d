"use client";

import { useEffect, useRef } from "react";

/**
 * Whatever covers the page (dialog, sheet, panel, menu, lightbox) is an entry of the browser's history, so that the
 * back button or gesture closes it and not the page under it. The number of open layers stands in each entry's state.
 *
 * A layer that is closed by its own button leaves its entry behind: going back at that moment would race with the page
 * that the same button may open. The entry is skipped when the person meets it.
 */
type Layer = { close: () => void };

const layers: Layer[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let listening = false;
/** The entry that the person was on, as far as this module has seen. */
let last = { href: "", depth: 0 };
/** The next popstate is the answer to a step of ours. */
let skipping = false;

function entryDepth(): number {
  const state: unknown = window.history.state;
  if (typeof state !== "object" || state === null || !("layers" in state)) return 0;
  return typeof state.layers === "number" ? state.layers : 0;
}

const remember = () => {
  last = { href: window.location.href, depth: entryDepth() };
};

function skip(steps: number): void {
  skipping = true;
  window.history.go(steps);
}

/** One layer often opens as another closes (a menu and its dialog): they are looked at together, after both. */
function pushSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    for (let depth = entryDepth() + 1; depth <= layers.length; depth += 1) {
      window.history.pushState({ ...window.history.state, layers: depth }, "");
    }
    remember();
  }, 0);
}

function onPop(event: PopStateEvent): void {
  const before = last;
  const wasSkipping = skipping;
  skipping = false;
  remember();
  const samePage = before.href === last.href;
  // The router restores the page of an entry, and drops what it was about to open: there is nothing to restore here.
  if (samePage) event.stopImmediatePropagation();
  const { depth } = last;
  // The person went back: what is above the entry closes. Taken out here, the layers ask for nothing when they end.
  if (layers.length > depth) {
    for (const layer of layers.splice(depth).reverse()) layer.close();
  } else if (depth > layers.length) {
    // An entry of a layer that is closed already.
    skip(layers.length - depth);
  } else if (samePage && before.depth > depth && !wasSkipping) {
    // From such an entry to its own page: nothing has changed on the screen, so the person meant the next one.
    skip(-1);
  }
}

/** Makes going back call `onClose` while `open`. `onClose` must lead to `open` being false. */
export function useBackLayer(open: boolean, onClose: () => void): void {
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    if (!open) return;
    if (!listening) {
      listening = true;
      // Before the router's listener, which was there first.
      addEventListener("popstate", onPop, { capture: true });
    }
    const layer: Layer = { close: () => latest.current() };
    layers.push(layer);
    pushSoon();
    return () => {
      const at = layers.indexOf(layer);
      if (at >= 0) layers.splice(at, 1);
    };
  }, [open]);
}
