"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { fromField, isToCome, sendTimes, toField } from "#components/messages/sending/send-times.ts";
import { TimeField } from "#components/messages/sending/time-field.tsx";
import { Toggle } from "#components/ui/toggle.tsx";

/** `text`: of a field for date and time; null: without an end. */
export type Closing = string | null;

/** The closing time as it is sent; undefined while it is no time to come. */
export function closesAtOf(closing: Closing): string | null | undefined {
  if (closing === null) return null;
  const time = fromField(closing);
  return time && isToCome(time, new Date()) ? time.toISOString() : undefined;
}

/** Whether answers end at a time, and when; at first tomorrow morning. */
export function ClosingField({ value, onChange }: { value: Closing; onChange: (value: Closing) => void }) {
  const t = useTranslations("messages.answers");
  const [now] = useState(() => new Date());
  return (
    <>
      <Toggle
        label={t("closes")}
        checked={value !== null}
        onChange={(on) => onChange(on ? toField(sendTimes(now).at(-1)?.time ?? now) : null)}
      />
      {value === null ? null : <TimeField value={value} onChange={onChange} now={now} />}
    </>
  );
}
