"use client";

import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef } from "react";

const articles = (list: HTMLElement) => list.querySelectorAll<HTMLElement>(':scope > [role="article"]');
const isArticle = (target: EventTarget): target is HTMLElement =>
  target instanceof HTMLElement && target.getAttribute("role") === "article";

/** The links inside a row are stops only while one is in that row. */
function openLinks(row: HTMLElement, open: boolean): HTMLElement | undefined {
  // Beside the message stands who sent it: the menu has the way there.
  const links = [...row.querySelectorAll<HTMLElement>("a, input, button:not([data-aside])")];
  for (const link of links) if (link.matches("a, input, [data-stop]")) link.tabIndex = open ? 0 : -1;
  return links[0];
}

function neighbour(row: HTMLElement, key: string, list: HTMLElement): HTMLElement | undefined {
  const all = articles(list);
  if (key === "Home") return all[0];
  if (key === "End") return all[all.length - 1];
  let next = key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  while (next && !isArticle(next)) next = key === "ArrowUp" ? next.previousElementSibling : next.nextElementSibling;
  return next instanceof HTMLElement ? next : undefined;
}

/**
 * The whole list is one stop of the Tab key; arrows, Home and End go from message to message, Enter into a message,
 * Escape out to the composer. The stop is moved in the DOM, not in state: ten thousand rows need not render for it.
 */
export function useRovingRows(list: RefObject<HTMLElement | null>, rows: unknown, onLeave: () => void) {
  const stop = useRef<HTMLElement | null>(null);
  const newest = useRef<HTMLElement | null>(null);

  const moveStop = useCallback((row: HTMLElement | undefined) => {
    if (stop.current && stop.current !== row) stop.current.tabIndex = -1;
    stop.current = row ?? null;
    if (row) row.tabIndex = 0;
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new set of rows may have lost the stop or gained a last one.
  useLayoutEffect(() => {
    if (!list.current) return;
    const inside = list.current.contains(document.activeElement);
    if (stop.current?.isConnected && (inside || stop.current !== newest.current)) return;
    const all = articles(list.current);
    newest.current = all[all.length - 1] ?? null;
    moveStop(newest.current ?? undefined);
  }, [rows]);

  /** The stop follows the reader: Tab leads to what is in view, not back to the end. */
  const follow = useCallback(
    (row: HTMLElement | null) => {
      if (row && isArticle(row) && !list.current?.contains(document.activeElement)) moveStop(row);
    },
    [list, moveStop],
  );

  const onFocus = useCallback(
    (event: FocusEvent<HTMLElement>) => {
      if (isArticle(event.target)) moveStop(event.target);
    },
    [moveStop],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role="article"]') : null;
      if (!row || !list.current) return;
      if (event.key === "Escape") {
        event.preventDefault();
        openLinks(row, false);
        if (event.target === row) onLeave();
        else row.focus();
      } else if (event.key === "Enter" && event.target === row) {
        event.preventDefault();
        openLinks(row, true)?.focus();
      } else if (["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) {
        event.preventDefault();
        openLinks(row, false);
        neighbour(row, event.key, list.current)?.focus();
      }
    },
    [list, onLeave],
  );

  return { onFocus, onKeyDown, follow };
}
