import { expect, test } from "vitest";
import { beginningOf, graphemeEdges, shorten } from "#contracts/graphemes.ts";

const family = "👨‍👩‍👧‍👦"; // eleven units, four of them pictures
const accented = "e\u0301";

test("edges stand between what people see as one character, and at the ends", () => {
  const text = `a${family}${accented}`;
  const isEdge = graphemeEdges(text);
  const edges = Array.from({ length: text.length + 2 }, (_, at) => at).filter(isEdge);
  expect(edges).toEqual([0, 1, 12, 14]);
  expect([-1, 0].map(graphemeEdges(""))).toEqual([false, true]);
});

test.each<[string, number, string]>([
  ["hello", 5, "hello"],
  ["hello", 4, "hell"],
  ["hello", 0, ""],
  [`ab${family}c`, 14, `ab${family}c`],
  [`ab${family}c`, 13, `ab${family}`],
  [`ab${family}c`, 12, "ab"],
  [`a${accented}b`, 2, "a"],
  [`a${accented}b`, 3, `a${accented}`],
  // One character that is longer than what is asked for is cut between two code points.
  [`a${"\u0301".repeat(9)}`, 4, `a${"\u0301".repeat(3)}`],
  [`😀${"\u0301".repeat(9)}`, 4, `😀${"\u0301".repeat(2)}`],
  [family, 2, "👨"],
  [family, 4, "👨\u200d"],
  [family, 5, `👨\u200d👩`],
  ["😀\u{1f3fd}😀", 3, "😀"],
  ["☎\ufe0f", 1, "☎"],
  // Never between the halves of a pair, the lowest and the highest second half included.
  ["\u{10400}\u0301", 1, ""],
  ["\u{103ff}\u0301", 1, ""],
])("the beginning of %j in %i units is %j", (text, units, expected) => expect(beginningOf(text, units)).toBe(expected));

test.each<[string, number, string]>([
  ["hello", 5, "hello"],
  ["hello", 4, "hel…"],
  ["hello", 1, "…"],
  ["hello world", 6, "hello…"],
  ["🇩🇪".repeat(3), 3, "🇩🇪".repeat(3)],
  ["🇩🇪".repeat(3), 2, "🇩🇪…"],
  [accented.repeat(4), 4, accented.repeat(4)],
  [accented.repeat(5), 4, `${accented.repeat(3)}…`],
  // More units than four for each: what was looked at is all that is kept.
  [family.repeat(20), 20, `${family.repeat(7)}…`],
  [`${family.repeat(20)}`, 8, `${family.repeat(2)}…`],
  [`a${"\u0301".repeat(20)}`, 2, `a${"\u0301".repeat(7)}…`],
])("%j in %i characters is %j", (text, most, expected) => expect(shorten(text, most)).toBe(expected));
