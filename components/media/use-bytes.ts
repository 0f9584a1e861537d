"use client";

import { useFormatter } from "next-intl";
import { useCallback } from "react";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** "1.4 MB", in the reader's way of writing it; thousands, as download pages and disks count. */
export function useBytes(): (bytes: number) => string {
  const format = useFormatter();
  return useCallback(
    (bytes) => {
      const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
      const value = bytes / 1_000 ** power;
      const maximumFractionDigits = power > 1 && value < 100 ? 1 : 0;
      return format.number(value, {
        style: "unit",
        unit: units[power],
        unitDisplay: power === 0 ? "narrow" : "short",
        maximumFractionDigits,
      });
    },
    [format],
  );
}
