import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDeliveredReports } from "#client/realtime/delivered.ts";
import { createReceiptExchange } from "#client/realtime/receipts.ts";
import type { Conversation, ConversationList } from "#contracts/conversations.ts";
import { queryKeys } from "#tests/_query-keys.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

function reports() {
  const said: Record<string, number>[] = [];
  return { said, ...createDeliveredReports("phone", ({ delivered }) => said.push(delivered)) };
}
const list = (...all: [id: string, lastSeq: number, lastReadSeq: number][]) =>
  ({
    conversations: all.map(([id, lastSeq, lastReadSeq]) => ({
      id,
      lastSeq,
      lastReadSeq,
      unreadNotices: [],
      settings: { hiddenUnread: [] },
    })),
  }) as unknown as ConversationList & { conversations: Conversation[] };

test("the first report follows soon, and then one holds all that came within a while", () => {
  const { said, add } = reports();
  add("a", 1);
  add("a", 3);
  add("b", 2);
  vi.advanceTimersByTime(200);
  expect(said).toEqual([{ a: 3, b: 2 }]);
  add("a", 4);
  vi.advanceTimersByTime(1_000);
  add("a", 6);
  expect(said).toHaveLength(1);
  vi.advanceTimersByTime(500);
  expect(said[1]).toEqual({ a: 6 });
  vi.advanceTimersByTime(10_000);
  add("a", 7);
  vi.advanceTimersByTime(200);
  expect(said[2]).toEqual({ a: 7 });
});

test("nothing is said twice on one connection, and all again on the next", () => {
  const { said, add, addUnread, restart } = reports();
  addUnread(undefined);
  addUnread(list(["a", 5, 3], ["read", 9, 9]));
  vi.advanceTimersByTime(200);
  addUnread(list(["a", 5, 3]));
  add("a", 4);
  vi.advanceTimersByTime(10_000);
  expect(said).toEqual([{ a: 5 }]);
  restart();
  addUnread(list(["a", 5, 3]));
  vi.advanceTimersByTime(200);
  expect(said).toEqual([{ a: 5 }, { a: 5 }]);
});

test("more than one frame may hold goes in several", () => {
  const { said, add } = reports();
  for (let n = 0; n < 250; n += 1) add(`c${n}`, 1);
  vi.advanceTimersByTime(200);
  vi.advanceTimersByTime(1_500);
  expect(said.map((one) => Object.keys(one).length)).toEqual([200, 50]);
});

test("a page is rendered on a server, which has no navigator", () => {
  vi.stubGlobal("navigator", undefined);
  const cache = { queryClient: new QueryClient(), keys: queryKeys, meId: "ann" };
  expect(() => createReceiptExchange(cache, () => {}).close()).not.toThrow();
  vi.unstubAllGlobals();
});
