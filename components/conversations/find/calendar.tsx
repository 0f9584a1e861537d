"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { DayPicker } from "react-day-picker";
import { enUS, zhCN } from "react-day-picker/locale";
import { firstOfDays, usePositions } from "#client/messages/use-positions.ts";
import { Button } from "#components/ui/button.tsx";

export type CalendarProps = { conversationId: string; onDay: (seq: number) => void };

/** The weeks that a calendar shows of a month, whichever day its weeks begin with. */
const shownDays = 42;

/** The days around a month, each by its beginning in the reader's zone, where a day may have 23 hours. */
function daysAround(month: Date): Date[] {
  const first = new Date(month.getFullYear(), month.getMonth(), 1);
  return Array.from(
    { length: shownDays + 1 },
    (_, at) => new Date(first.getFullYear(), first.getMonth(), 1 - first.getDay() + at),
  );
}

const button =
  "tap inline-flex size-10 items-center justify-center rounded-full hover:bg-hover disabled:opacity-40 disabled:hover:bg-transparent";

/** A month of a conversation: the days with messages can be chosen, and lead to the first of them. */
export function Calendar({ conversationId, onDay }: CalendarProps) {
  const t = useTranslations("search");
  const chinese = useLocale() === "zh-CN";
  const [month, setMonth] = useState(() => new Date());
  const days = daysAround(month);
  const { positions } = usePositions(conversationId, days);
  const firsts = firstOfDays(positions?.seqs ?? []);
  const seqOf = (day: Date) => firsts.get(days.findIndex((one) => one.getTime() === day.setHours(0, 0, 0, 0)));
  return (
    <>
      <DayPicker
        locale={chinese ? zhCN : enUS}
        month={month}
        onMonthChange={setMonth}
        endMonth={new Date()}
        showOutsideDays
        aria-busy={positions === undefined}
        disabled={(day) => seqOf(new Date(day)) === undefined}
        onDayClick={(day) => {
          const seq = seqOf(new Date(day));
          if (seq !== undefined) onDay(seq);
        }}
        classNames={{
          root: "relative mx-auto w-fit select-none",
          month_caption: "flex h-10 items-center justify-center font-medium",
          nav: "absolute inset-x-0 top-0 flex justify-between",
          button_previous: button,
          button_next: button,
          chevron: "size-5 fill-current rtl:-scale-x-100",
          month_grid: "border-collapse",
          weekday: "size-10 font-normal text-ink-soft text-xs",
          day: "size-10 p-0 text-center",
          day_button: `${button} w-full font-medium text-accent-ink disabled:font-normal disabled:text-ink-soft`,
          today: "font-semibold [&>button]:border [&>button]:border-line-strong",
          outside: "opacity-60",
        }}
      />
      <Button
        variant="secondary"
        className="mt-3 w-full"
        disabled={positions === undefined}
        onClick={() => positions && onDay(positions.firstSeq)}
      >
        {t("first")}
      </Button>
    </>
  );
}
