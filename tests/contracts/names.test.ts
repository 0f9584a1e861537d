import { expect, test } from "vitest";
import { communityCreateInput } from "#contracts/communities.ts";
import { isOneEmoji } from "#contracts/emoji.ts";
import { isBlank } from "#contracts/invisible.ts";
import { bodyText, nameLine, optionalLine } from "#contracts/text.ts";

const name = (text: string) => nameLine(40).safeParse(text);

/** Every code point that Unicode counts as ignorable by default, or as format. */
const ignorable = Array.from({ length: 0x11_0000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((point) => /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u.test(point));

test("what cannot be seen is no name and no message, one by one and together", () => {
  expect(ignorable.length).toBeGreaterThan(4_000);
  for (const point of [...ignorable, "\u2800", "\u3164", "\u{1d159}", " ", "\u00a0", "\u3000", "\u2028"]) {
    const code = point.codePointAt(0)?.toString(16);
    expect(isBlank(point), code).toBe(true);
    expect(name(` ${point}${point}`).success, code).toBe(false);
  }
  const all = ignorable.join("");
  expect(name(all).success).toBe(false);
  expect(bodyText(10_000).safeParse(all).success).toBe(false);
});

test.each([
  ["A\u200bnn\u00ad", "Ann"],
  ["Ann\u200d", "Ann"],
  ["A\u200cn\u2060n\ufeff", "Ann"],
  ["\u3164Ann\u115f\u034f", "Ann"],
  ["Ann\u200e\u200f\u061c", "Ann"],
  ["\u202eAnn\u2066", "Ann"],
  ["Ann\u{e0041}\u{e0042}", "Ann"],
  ["李\u200d明", "李明"],
  ["Ann\ufe0f\ufe0f\ufe0f", "Ann\ufe0f"],
  ["🐙\u200d", "🐙"],
  // One line, whatever begins a new one.
  ["Ann\r\nof\u2028Hill\u0085\vtop\u2029", "Ann of Hill top"],
  [" \t Ann \n\n of \f ", "Ann of"],
])("%j is the name %j", (typed, kept) => {
  expect(name(typed).data).toBe(kept);
  expect(optionalLine(40).safeParse(typed).data).toBe(kept);
});

test.each([
  "👩‍🚀 Ann",
  "👨‍👩‍👧‍👦",
  "🧑🏽‍🤝‍🧑🏿",
  "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Ewan",
  "✈️",
  "❤️‍🔥",
  "🏳️‍🌈",
  "1️⃣",
  "می‌خواهم",
  "क्‍ष",
  "ശ്രീ ന്‍",
  "ශ්‍රී ලංකා",
  "ᠮᠣᠩᠭᠣᠯ᠋",
  "é ï ỗ",
  "葛\u{e0100}城",
])("%s keeps every mark that shapes it", (typed) => {
  expect(name(typed).data).toBe(typed);
});

test("a long name costs no more than its length", () => {
  for (const hostile of [" ", "\u200d", "\n", " \n", "a\u200d", "👩\u200d", "\u{e0041}", "\ufe0f", "\r"]) {
    const started = performance.now();
    expect(name(`x${hostile.repeat(100_000)}y${hostile.repeat(100_000)}z`).success).toBe(
      ["\u200d", "\n", " \n", "\u{e0041}", "\ufe0f", "\r"].includes(hostile),
    );
    // 0.1 s here; what is quadratic takes minutes.
    expect(performance.now() - started, JSON.stringify(hostile)).toBeLessThan(5_000);
  }
});

test.each(["🪁", "✈️", "👩‍🚀", "👨‍👩‍👧‍👦", "🇨🇳", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "#️⃣", "👍🏽", "❤️‍🔥", "🧑🏽‍🤝‍🧑🏿", "\u{1faef}"])(
  "%s is one emoji",
  (icon) => {
    expect(isOneEmoji(icon)).toBe(true);
    expect(communityCreateInput.safeParse({ name: "Kites", icon: ` ${icon}` }).data?.icon).toBe(icon);
  },
);

test.each([
  "🪁🪁",
  "A",
  "AB",
  "1",
  "©",
  "字",
  "🪁a",
  "🇨🇳🇨🇳",
  "🇨",
  "\u200d",
  "\ufe0f",
  "\u2800",
  "🪁\u0301",
  "🪁\u200b",
  "👍🏽🏽",
  `🪁${"\u200d🪁".repeat(40)}`,
])("%j is no icon", (icon) => {
  const read = communityCreateInput.safeParse({ name: "Kites", icon });
  expect(read.error?.issues.map(({ message }) => message)).toEqual(["invalid_icon"]);
});

test("no icon is one too", () => {
  expect(communityCreateInput.safeParse({ name: "Kites", icon: " " }).data?.icon).toBe("");
});
