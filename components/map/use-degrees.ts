"use client";

import { useFormatter, useTranslations } from "next-intl";

/** A place in words: "31.2304° N, 121.4737° E". Four digits are about ten metres. */
export function useDegrees(): (latitude: number, longitude: number) => string {
  const t = useTranslations("map");
  const format = useFormatter();
  const digits = (value: number) =>
    format.number(Math.abs(value), { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  return (latitude, longitude) =>
    t("place", {
      latitude: digits(latitude),
      northSouth: t(latitude < 0 ? "south" : "north"),
      longitude: digits(longitude),
      eastWest: t(longitude < 0 ? "west" : "east"),
    });
}
