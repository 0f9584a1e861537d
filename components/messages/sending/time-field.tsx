"use client";

import { useTranslations } from "next-intl";
import { fromField, isToCome, toField } from "#components/messages/sending/send-times.ts";
import { TextField } from "#components/ui/field.tsx";
import { useRefusalText } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";

type TimeFieldProps = { value: string; onChange: (text: string) => void; now: Date };

/** The time in `value` (as of `toField`), when it can be sent at. */
export function timeIn(value: string): Date | null {
  const time = fromField(value);
  return time && isToCome(time, new Date()) ? time : null;
}

/** Date and time in the time zone of the device, which the hint names. */
export function TimeField({ value, onChange, now }: TimeFieldProps) {
  const t = useTranslations("messages.scheduled");
  const sentence = useRefusalText();
  const last = new Date(now.getFullYear(), now.getMonth(), now.getDate() + limits.scheduledDays - 1);
  return (
    <TextField
      type="datetime-local"
      label={t("when")}
      hint={t("zone", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
      value={value}
      min={toField(now)}
      max={toField(last)}
      required
      error={value !== "" && !timeIn(value) ? sentence("invalid_send_time") : null}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
