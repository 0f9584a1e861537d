import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createOutbox } from "#client/messages/outbox.ts";
import { readUndoSeconds } from "#client/messages/undo-window.ts";
import { ends, openWindow, say, sayFile } from "#tests/client/_outbox.ts";

let page: ReturnType<typeof openWindow>;
beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-01T12:00:00Z") });
  page = openWindow();
});
afterEach(() => {
  vi.useRealTimers();
  page.remove();
});

const heldFor = (ms: number) => {
  const end = ends();
  return { ...end, outbox: createOutbox({ ...end.parts, holdMs: () => ms }, "ann") };
};

test("a message is held for its time and then sent", async () => {
  const { outbox, stored } = heldFor(5_000);
  say(outbox, "one");
  await vi.advanceTimersByTimeAsync(4_999);
  expect(stored).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(stored).toEqual(["one"]);
  expect(outbox.all()).toEqual([]);
});

test("one that is taken back is never sent, and the next one is", async () => {
  const { outbox, calls } = heldFor(5_000);
  say(outbox, "one");
  say(outbox, "two");
  const [first] = outbox.all();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(outbox.undo(first?.clientId ?? "")).toBe(true);
  expect(outbox.undo(first?.clientId ?? "")).toBe(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toEqual(["two"]);
});

test("one that was held for its time cannot be taken back", async () => {
  const { outbox, stored } = heldFor(3_000);
  say(outbox, "one");
  const [held] = outbox.all();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(outbox.undo(held?.clientId ?? "")).toBe(false);
  expect(stored).toEqual(["one"]);
});

test("the upload of a file that is taken back ends", () => {
  const { outbox, uploads } = heldFor(3_000);
  sayFile(outbox, "one", "f1");
  outbox.undo(outbox.all()[0]?.clientId ?? "");
  expect(uploads.asked).toEqual(["cancel f1"]);
});

test("what is written when nothing is held any more waits for what was written before it", async () => {
  const end = ends();
  let hold = 5_000;
  const outbox = createOutbox({ ...end.parts, holdMs: () => hold }, "ann");
  say(outbox, "one");
  hold = 0;
  say(outbox, "two");
  await vi.advanceTimersByTimeAsync(4_000);
  expect(end.stored).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(end.stored).toEqual(["one", "two"]);
});

test("a page that is hidden sends at once what it holds", async () => {
  const { outbox, stored } = heldFor(10_000);
  const stop = outbox.start();
  say(outbox, "one");
  say(outbox, "two", "c2");
  page.hide();
  await vi.advanceTimersByTimeAsync(0);
  expect([...stored].sort()).toEqual(["one", "two"]);
  stop();
});

test("after a reload the rest of the time is waited for", async () => {
  const first = heldFor(5_000);
  say(first.outbox, "one");
  await vi.advanceTimersByTimeAsync(2_000);
  const again = heldFor(5_000);
  const stop = again.outbox.start();
  await vi.advanceTimersByTimeAsync(2_999);
  expect(again.stored).toEqual([]);
  again.uploads.resumed();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(again.stored).toEqual(["one"]);
  stop();
});

test("a clock that was set back holds nothing up", async () => {
  const { outbox, stored } = heldFor(5_000);
  const stop = outbox.start();
  say(outbox, "one");
  vi.setSystemTime(new Date("2026-03-01T09:00:00Z"));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(stored).toEqual(["one"]);
  stop();
});

test.each([
  ["", 0],
  ["3", 3],
  ["10", 10],
  ["4", 0],
  ["5 years", 0],
  ["-3", 0],
])("the stored choice %j is %d s", (text, seconds) => expect(readUndoSeconds(text)).toBe(seconds));
