import { expect, test } from "vitest";
import { layOut, rowOf, rowsInSight, step } from "#components/emoji/grid-layout.ts";

const letters = (text: string) => [...text];
const sections = [
  { key: "a", name: "A", items: letters("abcde") },
  { key: "none", name: "None", items: [] },
  { key: "b", name: "B", items: letters("fg") },
];
const layout = layOut(sections, 3);

test("items stand in rows under the headings of their sections, and an empty section is left out", () => {
  expect(layout.rows.map((row) => [row.top, row.type === "heading" ? row.name : row.items.join("")])).toEqual([
    [0, "A"],
    [28, "abc"],
    [72, "de"],
    [116, "B"],
    [144, "fg"],
  ]);
  expect([layout.height, layout.count]).toEqual([188, 7]);
  expect(layOut([{ key: "found", name: "", items: letters("ab") }], 3).rows).toHaveLength(1);
  expect(rowOf(layout, 4)?.items).toEqual(["d", "e"]);
  expect(rowOf(layout, 7)).toBeUndefined();
});

test.each([
  [0, "ArrowRight", 1],
  [2, "ArrowRight", 3],
  [6, "ArrowRight", 6],
  [3, "ArrowLeft", 2],
  [0, "ArrowLeft", 0],
  [0, "ArrowDown", 3],
  [2, "ArrowDown", 4],
  [4, "ArrowDown", 6],
  [5, "ArrowDown", 5],
  [6, "ArrowUp", 4],
  [1, "ArrowUp", 1],
  [1, "PageDown", 6],
  [6, "PageUp", 1],
  [4, "Home", 3],
  [3, "End", 4],
  [0, "a", undefined],
])("from item %i %s leads to %s", (at, key, target) =>
  expect(step(layout, at, { key, ctrlKey: false }, 2)).toBe(target),
);

test("with Control, Home and End lead to the ends of everything", () => {
  expect(step(layout, 4, { key: "Home", ctrlKey: true }, 2)).toBe(0);
  expect(step(layout, 0, { key: "End", ctrlKey: true }, 2)).toBe(6);
});

test("of many rows only those in sight are drawn, and the one with the focus", () => {
  const large = layOut([{ key: "all", name: "All", items: Array.from({ length: 1_914 }, (_, at) => at) }], 8);
  const drawn = rowsInSight(large, 4_400, 4_600, 0);
  expect(drawn.length).toBeLessThan(16);
  expect(drawn[0]).toMatchObject({ first: 0 });
  expect(drawn.some((row) => row.type === "items" && row.top <= 4_400 && row.top + row.height >= 4_400)).toBe(true);
});
