"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Nearer to the end than this counts as being at the end: a new message then pulls the view along. */
const nearPx = 80;

/** What must not move when the content or the window changes: the end, or the lowest row that is whole in the window. */
type Hold = { at: "end" } | { at: "row"; key: string; gap: number };

/** The last row that begins above the lower edge of the window. */
export const lowestVisible = (scroller: HTMLElement, list: HTMLElement): HTMLElement | null =>
  lastAbove(list, scroller.scrollTop + scroller.clientHeight);

/** The row at the upper edge of the window. */
export const firstVisible = (scroller: HTMLElement, list: HTMLElement): HTMLElement | null =>
  lastAbove(list, scroller.scrollTop + 1);

/** The last row that begins above an edge, in pixels of the content. Rows are in order, so halving finds it. */
function lastAbove(list: HTMLElement, edge: number): HTMLElement | null {
  let low = 0;
  let high = list.children.length - 1;
  let found: HTMLElement | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = list.children[middle];
    if (!(row instanceof HTMLElement)) break;
    if (row.offsetTop < edge) {
      found = row;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}

const toEnd = (scroller: HTMLElement) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
/** From the end of a row to the lower edge of the window; not by `offsetTop`, which is a whole number. */
const gapBelow = (scroller: HTMLElement, row: HTMLElement) =>
  scroller.getBoundingClientRect().bottom - row.getBoundingClientRect().bottom;

/** A row that the lower edge cuts may grow below it, so the one above it is held, unless that is out of view. */
function heldRow(scroller: HTMLElement, list: HTMLElement): HTMLElement | null {
  const lowest = lowestVisible(scroller, list);
  const above = lowest?.previousElementSibling;
  if (!lowest || !(above instanceof HTMLElement) || gapBelow(scroller, lowest) >= 0) return lowest;
  return gapBelow(scroller, above) < scroller.clientHeight ? above : lowest;
}

function holdOf(scroller: HTMLElement, list: HTMLElement, moreBelow: boolean): Hold {
  const row = heldRow(scroller, list);
  if (!row?.dataset.key || (!moreBelow && toEnd(scroller) <= nearPx)) return { at: "end" };
  return { at: "row", key: row.dataset.key, gap: gapBelow(scroller, row) };
}

/** How far the window has to be scrolled for the held row to be where it was. */
function offOf(scroller: HTMLElement, list: HTMLElement, hold: Hold): number {
  if (hold.at === "end") return toEnd(scroller);
  const row = list.querySelector<HTMLElement>(`:scope > [data-key="${CSS.escape(hold.key)}"]`);
  return row ? hold.gap - gapBelow(scroller, row) : 0;
}

function keep(scroller: HTMLElement, list: HTMLElement, hold: Hold): void {
  const off = offOf(scroller, list, hold);
  // Less than half a pixel cannot be scrolled.
  if (Math.abs(off) >= 0.5) scroller.scrollTop += off;
}

/** A place that was not scrolled away from: the half pixel that a browser drops is not taken for the place, or it would add up. */
const steady = (before: Hold, now: Hold): Hold =>
  before.at === "row" && now.at === "row" && before.key === now.key && Math.abs(before.gap - now.gap) < 1
    ? before
    : now;

const moved = (hold: Hold, px: number): Hold => (hold.at === "row" ? { ...hold, gap: hold.gap + px } : hold);

/**
 * Keeps what is being read where it is: when older messages come in above, when the composer or the keyboard takes
 * room, when rows change height. Done by hand in every browser (`overflow-anchor: none` on the scroller), because
 * Safari has no anchoring of its own and two mechanisms would correct twice. Rows are plain elements in the flow, not
 * placed by estimates: their heights are exact, the browser's search finds them, the screen reader can walk them.
 */
export function useScrollAnchor(rows: unknown, moreBelow: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const hold = useRef<Hold>({ at: "end" });
  const bound = useRef(false);
  /** Where the window was scrolled to when the held row was last known to be in its place. */
  const known = useRef(0);
  const [atEnd, setAtEnd] = useState(true);

  const measure = useCallback(() => {
    if (!scroller.current || !list.current) return;
    // The jump to the newest messages waits for them to load; scrolling up meanwhile cancels it.
    if (bound.current && moreBelow && toEnd(scroller.current) <= nearPx) return;
    bound.current = false;
    hold.current = holdOf(scroller.current, list.current, moreBelow);
    known.current = scroller.current.scrollTop;
    setAtEnd(hold.current.at === "end");
  }, [moreBelow]);

  const restore = useCallback(() => {
    if (!scroller.current || !list.current) return;
    keep(scroller.current, list.current, hold.current);
    known.current = scroller.current.scrollTop;
  }, []);

  /**
   * After a scroll event. It comes before the ResizeObserver of its frame: what has changed height since the last frame
   * is corrected first, or the row would be held in the wrong place.
   */
  const follow = useCallback(() => {
    if (!scroller.current || !list.current) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller.current;
    // The browser scrolls by itself what became shorter.
    const scrolled = scrollTop - Math.min(known.current, scrollHeight - clientHeight);
    if (hold.current.at === "row") keep(scroller.current, list.current, moved(hold.current, scrolled));
    else if (scrolled === 0) restore();
    const before = hold.current;
    measure();
    if (scrolled === 0) hold.current = steady(before, hold.current);
  }, [measure, restore]);

  // Before the browser paints: the reader never sees the wrong position.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are what changed the heights.
  useLayoutEffect(restore, [rows]);

  useEffect(() => {
    if (!scroller.current || !list.current) return;
    const observer = new ResizeObserver(restore);
    observer.observe(scroller.current);
    observer.observe(list.current);
    return () => observer.disconnect();
  }, [restore]);

  const stickToEnd = useCallback(() => {
    bound.current = true;
    hold.current = { at: "end" };
    setAtEnd(true);
    restore();
  }, [restore]);

  return { scroller, list, atEnd, measure, follow, stickToEnd };
}
