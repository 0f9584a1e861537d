"use client";

import { useFormatter } from "next-intl";
import { useCallback } from "react";

/** A length of time as players show it: "1:05". */
export function useClock(): (milliseconds: number) => string {
  const format = useFormatter();
  return useCallback(
    (milliseconds) => {
      const seconds = Math.round(milliseconds / 1_000);
      const two = format.number(seconds % 60, { minimumIntegerDigits: 2 });
      return `${format.number(Math.floor(seconds / 60))}:${two}`;
    },
    [format],
  );
}
