"use client";

import { CalendarClock, Clock } from "lucide-react";
import { type SendTime, sendTimes } from "#components/messages/sending/send-times.ts";
import { MenuItem } from "#components/ui/menu.tsx";
import { useTimes } from "#components/ui/use-times.ts";

type TimeItemsProps = {
  /** What happens at that time. */
  label: (name: SendTime, clock: string) => string;
  later: string;
  onTime: (time: Date) => void;
  onChoose: () => void;
};

/** Items of a menu: times that are often meant, and any other. */
export function TimeItems({ label, later, onTime, onChoose }: TimeItemsProps) {
  const { clock } = useTimes();
  return (
    <>
      {sendTimes(new Date()).map(({ name, time }) => (
        <MenuItem key={name} icon={<Clock aria-hidden />} onSelect={() => onTime(time)}>
          {label(name, clock(time.toISOString()))}
        </MenuItem>
      ))}
      <MenuItem icon={<CalendarClock aria-hidden />} onSelect={onChoose}>
        {later}
      </MenuItem>
    </>
  );
}
