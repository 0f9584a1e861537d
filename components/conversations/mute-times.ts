const hourMs = 3_600_000;

/** When the morning begins, on the clock of the device. */
const morningHour = 8;

/** The times until which a conversation can be muted from now; null: until it is ended. */
export const muteTimes = {
  hour: (now: Date) => new Date(now.getTime() + hourMs),
  eightHours: (now: Date) => new Date(now.getTime() + 8 * hourMs),
  tomorrow: (now: Date) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morningHour),
  always: () => null,
} as const;
