"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { useToday } from "#components/ui/use-today.ts";

const dayMs = 86_400_000;

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
/**
 * Whole days between two moments by the reader's calendar; rounded, because a day of a clock change is not 24 hours.
 */
const daysAgo = (date: Date, now: Date) => Math.round((startOfDay(now) - startOfDay(date)) / dayMs);

/** The same language as the browser's region writes it: 17:05 in Britain is 5:05 PM in America. */
function inRegion(locale: string): string {
  const language = locale.split("-")[0];
  const tags = typeof navigator === "undefined" ? [] : navigator.languages;
  return tags.find((tag) => tag.split("-")[0] === language && isLanguageTag(tag)) ?? locale;
}

/** Where the system has no language set, a browser may say "en-US@posix", which Intl throws at. */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function makeFormatters(regional: string) {
  const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(regional, options);
  return {
    clock: make({ hour: "numeric", minute: "2-digit" }),
    weekday: make({ weekday: "short" }),
    near: make({ month: "numeric", day: "numeric" }),
    far: make({ year: "numeric", month: "numeric", day: "numeric" }),
    longNear: make({ weekday: "long", month: "long", day: "numeric" }),
    longFar: make({ year: "numeric", month: "long", day: "numeric" }),
    month: make({ year: "numeric", month: "long" }),
    whole: make({ dateStyle: "long", timeStyle: "short" }),
    // Swedes write days as ISO 8601 does.
    isoDay: new Intl.DateTimeFormat("sv", { year: "numeric", month: "2-digit", day: "2-digit" }),
  };
}

let made: { key: string; formatters: ReturnType<typeof makeFormatters> } | null = null;

/** Formatters are slow to make, and each row of a list asks: they are made once for a language and a day. */
function formattersOf(regional: string, today: number | string): ReturnType<typeof makeFormatters> {
  const key = `${regional} ${today}`;
  if (made?.key !== key) made = { key, formatters: makeFormatters(regional) };
  return made.formatters;
}

/** Times in the reader's language and zone. */
export function useTimes() {
  const locale = useLocale();
  const t = useTranslations("times");
  const today = useToday();
  return useMemo(() => {
    const now = new Date(today);
    const regional = inRegion(locale);
    const { clock, weekday, near, far, longNear, longFar, month, whole, isoDay } = formattersOf(regional, today);
    const sameYear = (date: Date) => date.getFullYear() === now.getFullYear();
    return {
      clock: (iso: string) => clock.format(new Date(iso)),
      whole: (iso: string) => whole.format(new Date(iso)),
      /** The reader's day for machines: 2026-03-01. */
      isoDay: (iso: string) => isoDay.format(new Date(iso)),
      month: (iso: string) => month.format(new Date(iso)),
      date: (iso: string) => longFar.format(new Date(iso)),
      /** For a list: the nearer, the finer. */
      brief: (iso: string) => {
        const date = new Date(iso);
        const days = daysAgo(date, now);
        if (days <= 0) return clock.format(date);
        if (days === 1) return t("yesterday");
        if (days < 7) return weekday.format(date);
        return sameYear(date) ? near.format(date) : far.format(date);
      },
      /** Within a sentence: the day and the time of it. */
      moment: (iso: string) => {
        const date = new Date(iso);
        const days = daysAgo(date, now);
        const time = clock.format(date);
        // A day to come has its date.
        if (days === 0) return t("todayAt", { time });
        if (days === 1) return t("yesterdayAt", { time });
        return t("dayAt", { day: sameYear(date) ? near.format(date) : far.format(date), time });
      },
      day: (iso: string) => {
        const date = new Date(iso);
        const days = daysAgo(date, now);
        if (days === 0) return t("today");
        if (days === 1) return t("yesterday");
        return sameYear(date) ? longNear.format(date) : longFar.format(date);
      },
    };
  }, [locale, t, today]);
}
