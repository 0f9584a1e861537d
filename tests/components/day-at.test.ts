import { expect, test } from "vitest";
import { dayAt } from "#components/messages/day-at.ts";
import { buildRows } from "#components/messages/rows.ts";
import type { Message } from "#contracts/messages/message.ts";

const message = (seq: number, sentAt: string, senderId = "ben", kind = "text"): Message => ({
  conversationId: "room",
  seq,
  rev: seq,
  senderId,
  clientId: `c${seq}`,
  content: { kind, text: "words" },
  preview: "words",
  sentAt,
  editedAt: null,
  reactions: [],
});
const rowsOf = (messages: Message[], firstUnread: number | null = null) =>
  buildRows({ messages, pending: [], myId: "ann", firstUnread, unreadCount: 2 });

test("the day over the timeline is that of the row at its upper edge", () => {
  const rows = rowsOf(
    [
      message(1, "2026-03-01T12:00:00.000Z", "ben", "notice"),
      message(2, "2026-03-01T12:01:00.000Z"),
      message(3, "2026-03-03T12:00:00.000Z"),
    ],
    2,
  );
  expect(rows.map(({ type }) => type)).toEqual(["day", "notice", "unread", "message", "day", "message"]);
  expect(rows.map(({ key }) => dayAt(rows, key))).toEqual([
    null,
    "2026-03-01T12:00:00.000Z",
    "2026-03-01T12:01:00.000Z",
    "2026-03-01T12:01:00.000Z",
    null,
    "2026-03-03T12:00:00.000Z",
  ]);
  expect(dayAt(rows, "gone")).toBeNull();
});

test("messages of one sender stand together for five minutes, not longer, and not beside those of another", () => {
  const rows = rowsOf([
    message(1, "2026-03-01T12:00:00.000Z"),
    message(2, "2026-03-01T12:05:00.000Z"),
    message(3, "2026-03-01T12:10:01.000Z"),
    message(4, "2026-03-01T12:10:02.000Z", "cleo"),
    message(5, "2026-03-01T12:10:03.000Z"),
  ]);
  const groups = rows.flatMap((row) => (row.type === "message" ? [[row.first, row.last]] : []));
  expect(groups).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
    [true, true],
  ]);
});
