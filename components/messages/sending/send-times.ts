import { limits } from "#contracts/limits.ts";

const hourMs = 3_600_000;
const dayMs = 86_400_000;
const eveningHour = 20;
const morningHour = 9;

const at = (now: Date, days: number, hour: number) =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);

export type SendTime = "hour" | "evening" | "tomorrow";

/** Times that are often meant, on the clock of the device. No evening on an evening. */
export function sendTimes(now: Date): { name: SendTime; time: Date }[] {
  const evening = at(now, 0, eveningHour);
  return [
    { name: "hour", time: new Date(now.getTime() + hourMs) },
    ...(evening > now ? [{ name: "evening" as const, time: evening }] : []),
    { name: "tomorrow", time: at(now, 1, morningHour) },
  ];
}

const two = (n: number) => String(n).padStart(2, "0");

/** As a field for date and time has it: the clock of the device, in minutes. */
export const toField = (time: Date): string =>
  `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}T${two(time.getHours())}:${two(time.getMinutes())}`;

/** Null while the field is not filled in. */
export function fromField(text: string): Date | null {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time;
}

export const isToCome = (time: Date, now: Date): boolean => time > now && +time - +now <= limits.scheduledDays * dayMs;
