import { isStored, type Row } from "#components/messages/rows.ts";

/** When what stands at the upper edge of the timeline was sent; null where the day stands there itself. */
export function dayAt(rows: readonly Row[], key: string): string | null {
  const at = rows.findIndex((row) => row.key === key);
  // The divider of unread messages is of the day of those below it.
  for (const row of at < 0 ? [] : rows.slice(at)) {
    if (row.type === "day") return null;
    if (row.type === "notice") return row.message.sentAt;
    if (row.type === "message") return isStored(row.item) ? row.item.sentAt : row.item.createdAt;
  }
  return null;
}
