import fc from "fast-check";
import { expect, test } from "vitest";
import { mentionAt, mentionsIn, suggest } from "#client/messages/mentions.ts";

const people = [
  { id: "1", name: "Ada", handle: "ada_l" },
  { id: "2", name: "Ada Lovely", handle: "lovely" },
  { id: "3", name: "林小满", handle: "xiaoman" },
];

test.each([
  ["hi @ad", 6, { start: 3, query: "ad" }],
  ["@", 1, { start: 0, query: "" }],
  ["你好@林", 4, { start: 2, query: "林" }],
  ["mail ada@example", 16, null],
  ["@a\nb", 4, null],
  ["nobody", 6, null],
  [`@${"x".repeat(60)}`, 61, null],
])("in %j at %i somebody is being named: %j", (text, caret, found) => expect(mentionAt(text, caret)).toEqual(found));

test("names and handles are found by their beginnings, then names by what is inside", () => {
  const ids = (query: string) => suggest(people, query).map(({ id }) => id);
  expect(ids("ad")).toEqual(["1", "2"]);
  expect(ids("LOV")).toEqual(["2"]);
  expect(ids("小")).toEqual(["3"]);
  expect(ids("xiao")).toEqual(["3"]);
  expect(ids("")).toEqual(["1", "2", "3"]);
});

test("the longest name is meant, and whoever is not here is text", () => {
  expect(mentionsIn("@Ada Lovely and @Ada, @Nobody, @林小满!", people)).toEqual([
    { personId: "2", start: 0, length: 11 },
    { personId: "1", start: 16, length: 4 },
    { personId: "3", start: 31, length: 4 },
  ]);
});

test("whatever is written, mentions stand in order, apart, inside the text, on an @", () => {
  const piece = fc.constantFrom("@", "Ada", " Lovely", "林小满", "x", "😀", "\n");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      let end = 0;
      for (const { start, length } of mentionsIn(text, people)) {
        expect(start).toBeGreaterThanOrEqual(end);
        expect(text[start]).toBe("@");
        end = start + length;
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }),
  );
});
