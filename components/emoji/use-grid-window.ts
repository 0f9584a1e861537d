"use client";

import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { cellSize, type GridLayout, layOut, rowOf, type Section } from "#components/emoji/grid-layout.ts";

type View = { columns: number; top: number; height: number };

/** Scrolling draws again only when another row comes into sight. */
const sameRows = (a: View, b: View) =>
  a.columns === b.columns && a.height === b.height && Math.floor(a.top / cellSize) === Math.floor(b.top / cellSize);

/** The layout for the width of the scroll container, and which part of it is in sight. */
export function useGridWindow<T>(sections: readonly Section<T>[]): {
  scroller: RefObject<HTMLDivElement | null>;
  layout: GridLayout<T>;
  view: View;
  onScroll: () => void;
  scrollToRow: (at: number) => void;
  scrollToTop: (top: number) => void;
} {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View>({ columns: 1, top: 0, height: 0 });
  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(element);
    const width = element.clientWidth - Number.parseFloat(paddingInlineStart) - Number.parseFloat(paddingInlineEnd);
    const columns = Math.max(1, Math.floor(width / cellSize));
    const next = { columns, top: element.scrollTop, height: element.clientHeight };
    setView((before) => (sameRows(before, next) ? before : next));
  }, []);
  useLayoutEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [measure]);
  const layout = useMemo(() => layOut(sections, view.columns), [sections, view.columns]);
  const scrollToTop = (top: number) => {
    scroller.current?.scrollTo({ top });
    measure();
  };
  /** As little as it takes to have the row with this item in sight. */
  const scrollToRow = (at: number) => {
    const [row, element] = [rowOf(layout, at), scroller.current];
    if (!row || !element) return;
    const { scrollTop, clientHeight } = element;
    if (row.top < scrollTop) scrollToTop(row.top);
    else if (row.top + row.height > scrollTop + clientHeight) scrollToTop(row.top + row.height - clientHeight);
  };
  return { scroller, layout, view, onScroll: measure, scrollToRow, scrollToTop };
}
