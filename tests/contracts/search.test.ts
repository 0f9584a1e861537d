import fc from "fast-check";
import { expect, test } from "vitest";
import { excerptOf } from "#contracts/search/excerpt.ts";
import { fold } from "#contracts/search/fold.ts";
import { hasAll, placesOf, termsOf } from "#contracts/search/terms.ts";
import { hashOf, tokensOf, tokensOfTerms } from "#contracts/search/tokens.ts";

test.each([
  ["Don't Résumé_final.pdf Straße", "don t resume final pdf strasse"],
  ["  —  ", ""],
  ["한글.pdf", "한글 pdf"],
  ["ﾊﾟﾝ ＡＢＣ ①", "パン abc 1"],
  ["مُحَمَّد", "محمد"],
  ["İstanbul ISPARTA", "istanbul isparta"],
  ["👨‍👩‍👧 🇨🇳 ❤️ 1️⃣", "👨👩👧 🇨🇳 ❤ 1"],
  ["会议，纪要", "会议 纪要"],
])("%j is folded to %j", (text, folded) => {
  expect(fold(text).text).toBe(folded);
});

test("each folded unit knows where it came from", () => {
  const { text, starts, ends } = fold("Zß, é!");
  expect([text, starts, ends]).toEqual(["zss e", [0, 1, 1, 2, 4], [1, 2, 2, 4, 5]]);
});

test("terms are words, and what stands in quotation marks as a whole", () => {
  expect(termsOf('Foo "bar  baz" 会议 foo -- “qux”')).toEqual(["foo", "bar baz", "会议", "qux"]);
  expect(termsOf('"open end')).toEqual(["open", "end"]);
});

test("a word is found by its beginning, and other scripts anywhere", () => {
  expect(placesOf("report on reports, 我report", "report")).toEqual([0, 10, 20]);
  expect(placesOf("airport", "port")).toEqual([]);
  expect(placesOf("一二三一二", "二")).toEqual([1, 4]);
  expect(hasAll("the red fish", ["fish", "re"])).toBe(true);
  expect(hasAll("the red fish", ["fish", "ed"])).toBe(false);
});

test("tokens are beginnings of words, and characters with their neighbours", () => {
  expect([...tokensOf("ab 会议室")]).toEqual(["a", "ab", "会", "议", "室", "会议", "议室"]);
  expect(tokensOfTerms(["meetings", "会议室", "x", "会"])).toEqual(["meetings", "会议", "议室", "x", "会"]);
  expect(tokensOfTerms(["international"])).toEqual(["internationa"]);
});

test("a hash is what it was: an index is read by later versions", () => {
  expect(["", "a", "会议", "meeting"].map(hashOf)).toEqual([-1421968373, 444641715, -1240351650, 123613373]);
});

const letters = [
  "a",
  "é",
  "ß",
  "Я",
  "会",
  "議",
  "タ",
  "ﾟ",
  "한",
  "ส",
  "ั",
  "ع",
  "हि",
  "1",
  " ",
  "-",
  "'",
  "👍",
  "🇨🇳",
  "\u200d",
  "e\u0301",
];

test("a text has all tokens of each query that it matches", () => {
  let matches = 0;
  const texts = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 20 });
  const property = fc.property(texts, fc.nat(20), fc.integer({ min: 1, max: 6 }), (parts, from, length) => {
    const folded = fold(parts.join("")).text;
    const terms = termsOf(parts.slice(from, from + length).join(""));
    if (terms.length === 0 || !hasAll(folded, terms)) return;
    matches += 1;
    const tokens = tokensOf(folded);
    expect(tokensOfTerms(terms).filter((token) => !tokens.has(token))).toEqual([]);
  });
  fc.assert(property, { numRuns: 3_000 });
  expect(matches).toBeGreaterThan(300);
});

test("an excerpt shows the first place with its surroundings, in one line, and never half a character", () => {
  const text = `${"word ".repeat(20)}\nthe Résumé 👨‍👩‍👧 ${"more ".repeat(60)}`;
  const excerpt = excerptOf(text, ["resume", "the"]);
  expect(excerpt.text.length).toBeLessThan(170);
  expect(excerpt.text).toMatch(/^…(.* )?word {2}the Résumé 👨‍👩‍👧 more .*…$/u);
  expect(excerpt.found.map(({ start, end }) => excerpt.text.slice(start, end))).toEqual(["the", "Résumé"]);
  expect(excerptOf("short", [])).toEqual({ text: "short", found: [] });
});
