"use client";

import { useEffect, useRef } from "react";

/**
 * Whatever covers the page (dialog, sheet, panel, menu, lightbox) is an entry of the browser's history, so that the back
 * button or gesture closes it and not the page under it. The number of open layers stands in each entry's state, and the
 * history is made to agree with the layers that are open:
 *
 * - a layer opened: an entry with the same address is pushed
 * - a layer was closed by its own button: its entry is left by going back
 * - the person went back: the layers above the entry's number are closed
 * - the person came back to an entry whose layer is long closed: it is left in the same direction
 */
type Layer = { close: () => void };

const layers: Layer[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let listening = false;

function entryDepth(): number {
  const state: unknown = window.history.state;
  if (typeof state !== "object" || state === null || !("layers" in state)) return 0;
  return typeof state.layers === "number" ? state.layers : 0;
}

function agree(): void {
  const depth = entryDepth();
  if (layers.length < depth) window.history.go(layers.length - depth);
  for (let at = depth + 1; at <= layers.length; at += 1) {
    window.history.pushState({ ...window.history.state, layers: at }, "");
  }
}

/** One layer often opens as another closes (a menu and its dialog): they are looked at together, after both. */
function agreeSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(agree, 0);
}

function onPop(): void {
  const depth = entryDepth();
  // Their effects take them out of the list; taken out here already, they ask for no step back.
  for (const layer of layers.splice(depth).reverse()) layer.close();
  agreeSoon();
}

/** Makes going back call `onClose` while `open`. `onClose` must lead to `open` being false. */
export function useBackLayer(open: boolean, onClose: () => void): void {
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    if (!open) return;
    if (!listening) {
      listening = true;
      addEventListener("popstate", onPop);
    }
    const layer: Layer = { close: () => latest.current() };
    layers.push(layer);
    agreeSoon();
    return () => {
      const at = layers.indexOf(layer);
      if (at >= 0) layers.splice(at, 1);
      agreeSoon();
    };
  }, [open]);
}
