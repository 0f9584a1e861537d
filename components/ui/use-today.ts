"use client";

import { useSyncExternalStore } from "react";

/** The reader's day, as a number that is another one after midnight. */
const today = () => new Date().setHours(0, 0, 0, 0);

/** Timers stand still while a machine sleeps, so the day is looked at again whenever the page is shown. */
function subscribe(onChange: () => void): () => void {
  const next = new Date();
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    const midnight = new Date(next).setHours(24, 0, 0, 0);
    timer = setTimeout(look, Math.max(1_000, midnight - Date.now()));
  };
  const look = () => {
    clearTimeout(timer);
    next.setTime(Date.now());
    onChange();
    wait();
  };
  wait();
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
    removeEventListener("focus", look);
  };
}

/** Renders anew when the day changes on an open page: "Today" is yesterday then. */
export const useToday = () => useSyncExternalStore(subscribe, today, today);
