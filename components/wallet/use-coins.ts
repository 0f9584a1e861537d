"use client";

import { useLocale } from "next-intl";
import { useMemo } from "react";

/** Cents as coins in the reader's digits, always with both decimals: 888 is 8.88. */
export function useCoins(): { coins: (cents: number) => string; signed: (cents: number) => string } {
  const locale = useLocale();
  return useMemo(() => {
    const options = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
    const plain = new Intl.NumberFormat(locale, options);
    const withSign = new Intl.NumberFormat(locale, { ...options, signDisplay: "exceptZero" });
    return {
      coins: (cents: number) => plain.format(cents / 100),
      signed: (cents: number) => withSign.format(cents / 100),
    };
  }, [locale]);
}
