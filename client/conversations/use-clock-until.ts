"use client";

import { useEffect, useState } from "react";

/** A browser's timers count no further than 24 days. */
const longestWaitMs = 86_400_000;

/** The time, in milliseconds, which moves on when it reaches `end`; null: it stands. */
export function useClockUntil(end: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (end === null || end <= now) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(Math.max(0, end - Date.now()) + 1, longestWaitMs));
    return () => clearTimeout(timer);
  }, [end, now]);
  return now;
}
