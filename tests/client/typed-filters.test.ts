import { expect, test } from "vitest";
import { filterText, hasFilter, readTyped, toggleFilter } from "#client/search/typed-filters.ts";

const nothing = { words: "", from: [], in: [], kinds: [], has: [], unfinished: null };
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).toISOString();

test.each([
  ["plan has:link from:Mei ", { words: "plan", has: ["link"], from: ["Mei"] }],
  ['from:"Zhang San" plan', { words: "plan", from: ["Zhang San"] }],
  ["来自:张三 含:图片 会议", { words: "会议", from: ["张三"], has: ["picture"] }],
  ["kind：语音 x", { words: "x", kinds: ["voice"] }],
  ["IN:Kites kind:file a", { words: "a", in: ["Kites"], kinds: ["file"] }],
  ["after:2026-03-01 before:2026/4/2 b", { words: "b", since: day(2026, 3, 1), until: day(2026, 4, 2) }],
  ["kind:nonsense x", { words: "kind:nonsense x" }],
  ["after:2026-02-31 x", { words: "after:2026-02-31 x" }],
  ["https://from:x", { words: "https://from:x" }],
  ["mailfrom:x y", { words: "mailfrom:x y" }],
  ["from: x", { words: "from: x" }],
] as const)("%j is read", (typed, expected) => {
  expect(readTyped(typed)).toEqual({ ...nothing, ...expected });
});

test("a filter at the end is still being typed, and no word", () => {
  expect(readTyped("plan from:")).toEqual({
    ...nothing,
    words: "plan",
    unfinished: { name: "from", value: "", start: 5 },
  });
  expect(readTyped("from:me")).toMatchObject({ words: "", from: ["me"], unfinished: { name: "from", value: "me" } });
  expect(readTyped('in:"Book cl')).toMatchObject({ words: "", unfinished: { name: "in", value: "Book cl", start: 0 } });
  expect(readTyped("after:2026-0")).toMatchObject({ words: "", unfinished: { name: "after" } });
  expect(readTyped('from:"Zhang San"').unfinished).toBeNull();
});

test("pressing a filter writes it into the field, and takes it away again", () => {
  const typed = toggleFilter("plan", "in", "Book club");
  expect(typed).toBe('plan in:"Book club" ');
  expect(hasFilter(typed, "in", "Book club")).toBe(true);
  expect(toggleFilter(typed, "in", "Book club")).toBe("plan ");
  expect(filterText("from", 'a "b"')).toBe('from:"a b"');
});
