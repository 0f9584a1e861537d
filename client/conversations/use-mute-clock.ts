"use client";

import { useEffect, useState } from "react";
import { nextMuteEnd } from "#client/conversations/settings.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** A browser's timers count no further than 24 days. */
const longestWaitMs = 86_400_000;

/** The time, in milliseconds; it moves on when the mute of one of the conversations ends. */
export function useMuteClock(conversations: readonly Conversation[]): number {
  const [now, setNow] = useState(() => Date.now());
  const end = nextMuteEnd(conversations, now);
  useEffect(() => {
    if (end === null) return;
    // A millisecond late, so that the mute is over when the time is read.
    const waitMs = Math.max(0, end - Math.max(now, Date.now())) + 1;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(waitMs, longestWaitMs));
    return () => clearTimeout(timer);
  }, [end, now]);
  return now;
}
