import { expect, test } from "vitest";
import { lastReceiptOf, receiptOf, withLastReceipt, withReceipts } from "#client/messages/receipts.ts";
import type { Message } from "#contracts/messages/message.ts";

const message = (seq: number, sentAt: string) => ({ seq, sentAt }) as Message;
const noon = "2026-01-01T12:00:00.000Z";
const mark = (personId: string, deliveredSeq: number, readSeq: number, joinedAt = "2026-01-01T00:00:00.000Z") => ({
  personId,
  joinedAt,
  deliveredSeq,
  readSeq,
});

test("the last of all recipients decides how far a message has come", () => {
  const [five, six, seven] = [5, 6, 7].map((seq) => message(seq, noon)) as [Message, Message, Message];
  const marks = [mark("ben", 7, 6), mark("cleo", 6, 5)];
  expect([five, six, seven].map((one) => receiptOf(marks, one))).toEqual(["read", "delivered", "sent"]);
  expect(receiptOf([], five)).toBe("sent");
});

test("who joined after a message is not waited for, and alone is no recipient", () => {
  const late = mark("dan", 0, 0, "2026-01-01T12:00:00.001Z");
  expect(receiptOf([mark("ben", 5, 5), late], message(5, noon))).toBe("read");
  expect(receiptOf([late], message(5, noon))).toBe("sent");
});

test("marks go forward only, whatever order they are told in, and what is read is delivered", () => {
  const held = { marks: [mark("ben", 3, 1), mark("cleo", 1, 1)] };
  const after = withReceipts(held, {
    changes: [
      { personId: "ben", readSeq: 5 },
      { personId: "ben", deliveredSeq: 4 },
      { personId: "ben", readSeq: 2 },
      { personId: "eve", readSeq: 9 },
    ],
  });
  expect(after.marks).toEqual([mark("ben", 5, 5), mark("cleo", 1, 1)]);
  expect(withReceipts(after, { changes: [{ personId: "ben", deliveredSeq: 5, readSeq: 5 }] })).toBe(after);
});

test("the list keeps one mark for each direct conversation", () => {
  const told = (deliveredSeq: number) => ({ conversationId: "c", changes: [{ personId: "ben", deliveredSeq }] });
  const first = withLastReceipt({ receipts: [] }, told(4));
  expect(first.receipts).toEqual([{ conversationId: "c", deliveredSeq: 4, readSeq: 0 }]);
  expect([3, 4, 5].map((seq) => lastReceiptOf(first, "c", seq))).toEqual(["delivered", "delivered", "sent"]);
  expect(lastReceiptOf(first, "other", 1)).toBeNull();
  expect(withLastReceipt(first, told(4))).toBe(first);
  expect(withLastReceipt(first, told(5)).receipts).toEqual([{ conversationId: "c", deliveredSeq: 5, readSeq: 0 }]);
});
