"use client";

import { useEffect, useState } from "react";

type Closing = { closesAt: string | null; closedAt: string | null };

/** A timer takes no longer time. */
const longestMs = 2 ** 31 - 1;

const isOver = ({ closesAt, closedAt }: Closing) =>
  closedAt !== null || (closesAt !== null && Date.parse(closesAt) <= Date.now());

/** Whether a poll or sign-up takes no more answers; changes by itself at its closing time. */
export function useClosed({ closesAt, closedAt }: Closing): boolean {
  const [, setTick] = useState(0);
  const closed = isOver({ closesAt, closedAt });
  useEffect(() => {
    if (closed || closesAt === null) return;
    const wait = Math.min(Date.parse(closesAt) - Date.now(), longestMs);
    const timer = setTimeout(() => setTick((tick) => tick + 1), wait);
    return () => clearTimeout(timer);
  }, [closed, closesAt]);
  return closed;
}
