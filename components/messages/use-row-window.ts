"use client";

import { useCallback, useMemo, useState } from "react";
import type { Row } from "#components/messages/rows.ts";

/**
 * How many rows are drawn at once, and by how many the stretch moves. With ten thousand drawn rows a sent message took
 * 1.5 s to appear; with this many it takes the same time whatever is loaded. It is far more than two windows of any
 * screen, so the edge is never seen.
 */
const drawn = 300;
const step = 100;

const seqOf = (row: Row) => {
  if (row.type === "notice") return row.message.seq;
  return row.type === "message" && "seq" in row.item ? row.item.seq : null;
};

/** The index after the row of this message; where it is missing, after the nearest one before it. */
function endAfter(rows: Row[], seq: number): number {
  return rows.findLastIndex((row) => (seqOf(row) ?? Number.POSITIVE_INFINITY) <= seq) + 1;
}

/** The last message at or before an index. */
function seqBefore(rows: Row[], end: number): number | null {
  for (let index = Math.min(end, rows.length) - 1; index >= 0; index -= 1) {
    const row = rows[index];
    const seq = row ? seqOf(row) : null;
    if (seq !== null) return seq;
  }
  return null;
}

/** Of all that is loaded, the stretch that is drawn. It ends at a message that stays, or follows the newest. */
export function useRowWindow(rows: Row[]) {
  const [last, setLast] = useState<number | null>(null);
  const end = last === null ? rows.length : endAfter(rows, last);
  const start = Math.max(0, end - drawn);
  const shown = useMemo(() => rows.slice(start, end), [rows, start, end]);

  const endAt = useCallback(
    (wanted: number) => setLast(wanted >= rows.length ? null : seqBefore(rows, Math.max(wanted, drawn))),
    [rows],
  );
  return {
    shown,
    moreAbove: start > 0,
    moreBelow: end < rows.length,
    up: useCallback(() => endAt(end - step), [endAt, end]),
    down: useCallback(() => endAt(end + step), [endAt, end]),
    /** Draws what is around a message. */
    show: useCallback((seq: number) => endAt(endAfter(rows, seq) + drawn / 2), [endAt, rows]),
    toEnd: useCallback(() => setLast(null), []),
  };
}
