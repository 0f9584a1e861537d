"use client";

import { useFormatter } from "next-intl";

/** A distance in words: metres below a kilometre, whole kilometres from ten of them. */
export function useDistance(): (metres: number) => string {
  const format = useFormatter();
  return (metres) =>
    metres < 1_000
      ? format.number(Math.round(metres), { style: "unit", unit: "meter" })
      : format.number(metres / 1_000, {
          style: "unit",
          unit: "kilometer",
          maximumFractionDigits: metres < 10_000 ? 1 : 0,
        });
}
