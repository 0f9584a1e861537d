const hourMs = 3_600_000;
const hours = { hour: 1, day: 24, week: 168, month: 720, always: null } as const;

export type Span = keyof typeof hours;
/** For how long a member is muted or a person kept out. */
export const spans = Object.keys(hours) as Span[]; // the table is written out above

/** When a span that begins now ends; null: never. */
export function untilAfter(span: Span): string | null {
  const count = hours[span];
  return count === null ? null : new Date(Date.now() + count * hourMs).toISOString();
}
