import fc from "fast-check";
import { expect, test } from "vitest";
import { mentionAt, mentionsIn, movePicks, suggest } from "#client/messages/mentions.ts";

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
  ["почта@домен", 11, null],
  ["https://x.example/@ad", 21, null],
  ["(@ad", 4, { start: 1, query: "ad" }],
  ["@a\nb", 4, null],
  ["nobody", 6, null],
  [`@${"x".repeat(60)}`, 61, null],
])("in %j at %i a mention is being typed: %j", (text, caret, found) => expect(mentionAt(text, caret)).toEqual(found));

test("names and handles are found by their beginnings, then names by what is inside", () => {
  const ids = (query: string) => suggest(people, query).map(({ id }) => id);
  expect(ids("ad")).toEqual(["1", "2"]);
  expect(ids("LOV")).toEqual(["2"]);
  expect(ids("小")).toEqual(["3"]);
  expect(ids("xiao")).toEqual(["3"]);
  expect(ids("")).toEqual(["1", "2", "3"]);
});

test("the longest name is meant, and who is not here is text", () => {
  expect(mentionsIn("@Ada Lovely and @Ada, @Nobody, @林小满!", people)).toEqual([
    { personId: "2", start: 0, length: 11 },
    { personId: "1", start: 16, length: 4 },
    { personId: "3", start: 31, length: 4 },
  ]);
});

test.each([
  "@Adam",
  "@Ada2",
  "ada@Ada",
  "mail x@Ada.example",
  "https://x.example/@Ada",
  "`@Ada`",
  "```\n@Ada\n```",
  "@ada",
  "@Ada\u0301",
  "@林小满你好",
])("%j mentions no one", (text) => expect(mentionsIn(text, people)).toEqual([]));

const twins = [...people, { id: "4", name: "Ada", handle: "ada_2" }];

test("of two people with one name only a pick tells which is meant, also where the name goes on", () => {
  expect(mentionsIn("@Ada", twins)).toEqual([]);
  const [first, second] = [
    { personId: "4", start: 0, length: 4 },
    { personId: "1", start: 5, length: 4 },
  ];
  expect(mentionsIn("@Ada @Ada's @Ada", twins, [first, second])).toEqual([first, second]);
  const picked = { personId: "3", start: 0, length: 4 };
  expect(mentionsIn("@林小满你好", people, [picked])).toEqual([picked]);
  expect(mentionsIn("@Adam", twins, [first])).toEqual([]);
  expect(mentionsIn("`@Ada`", twins, [{ ...first, start: 1 }])).toEqual([]);
});

test("picked names move with the text around them, and are text once they are edited", () => {
  const picks = [
    { personId: "1", start: 3, length: 4 },
    { personId: "2", start: 8, length: 11 },
  ];
  const before = "hi @Ada @Ada Lovely!";
  const starts = (after: string) => movePicks(picks, before, after).map(({ personId, start }) => [personId, start]);
  expect(starts("oh hi @Ada @Ada Lovely!")).toEqual([
    ["1", 6],
    ["2", 11],
  ]);
  expect(starts("hi @Ada, @Ada Lovely!")).toEqual([
    ["1", 3],
    ["2", 9],
  ]);
  expect(starts("hi @Adam @Ada Lovely!")).toEqual([
    ["1", 3],
    ["2", 9],
  ]);
  expect(starts("hi @Aa @Ada Lovely!")).toEqual([["2", 7]]);
  expect(starts("hi @Ada ")).toEqual([["1", 3]]);
  expect(starts("")).toEqual([]);
  expect(starts(before)).toHaveLength(2);
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
