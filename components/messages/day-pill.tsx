"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { dayAt } from "#components/messages/day-at.ts";
import type { Row } from "#components/messages/rows.ts";
import { firstVisible } from "#components/messages/use-scroll-anchor.ts";
import { useTimes } from "#components/ui/use-times.ts";

/** How long it stays after the last movement. */
const lingerMs = 1_500;

const isSameDay = (a: string, b: string) => new Date(a).toDateString() === new Date(b).toDateString();

type PillProps = {
  scroller: RefObject<HTMLElement | null>;
  list: RefObject<HTMLElement | null>;
  rows: readonly Row[];
  /** At the newest messages there is nothing to find out. */
  hidden: boolean;
};

/**
 * The day of what is at the upper edge, while the timeline is scrolled. For the eye: the days themselves are headings
 * among the messages. It stands over the timeline and is no sticky row, because rows that move by themselves would have no
 * place to hold the scroll position at.
 */
export function DayPill({ scroller, list, rows, hidden }: PillProps) {
  const { day } = useTimes();
  const [at, setAt] = useState<string | null>(null);
  const [moving, setMoving] = useState(false);
  const latest = useRef(rows);
  latest.current = rows;

  useEffect(() => {
    const element = scroller.current;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      const row = element && list.current ? firstVisible(element, list.current) : null;
      const now = row?.dataset.key === undefined ? null : dayAt(latest.current, row.dataset.key);
      // Drawn anew for another day, not for each message that passes.
      setAt((before) => (before !== null && now !== null && isSameDay(before, now) ? before : now));
      setMoving(true);
      clearTimeout(rest);
      rest = setTimeout(() => setMoving(false), lingerMs);
    };
    element?.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      clearTimeout(rest);
      element?.removeEventListener("scroll", onScroll);
    };
  }, [scroller, list]);

  if (at === null) return null;
  const shown = moving && !hidden;
  return (
    <p
      aria-hidden
      data-day-pill
      className={`pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center transition-opacity duration-200 ${shown ? "" : "opacity-0"}`}
    >
      <time
        dateTime={at}
        className="rounded-full border border-line bg-raised px-3 py-1 font-medium text-ink-soft text-xs shadow-card"
      >
        {day(at)}
      </time>
    </p>
  );
}
