import emoji from "unicode-emoji-json/data-by-emoji.json" with { type: "json" };
import components from "unicode-emoji-json/data-emoji-components.json" with { type: "json" };
import { expect, test } from "vitest";
import { isFewEmoji } from "#contracts/emoji.ts";

const tones = Object.entries(components).flatMap(([name, tone]) => (name.includes("skin_tone") ? [tone] : []));

test("every emoji of Unicode's list shows large when alone, in each of its skin tones", () => {
  const all = Object.entries(emoji).flatMap(([one, { skin_tone_support }]) =>
    skin_tone_support ? [one, ...tones.map((tone) => withTone(one, tone))] : [one],
  );
  expect(all.length).toBeGreaterThan(3_000);
  expect(tones).toHaveLength(5);
  expect(all.filter((one) => !isFewEmoji(one))).toEqual([]);
  expect(all.filter((one) => !isFewEmoji(one.repeat(3)) || isFewEmoji(one.repeat(4)))).toEqual([]);
});

/** Behind the first code point, in the place of its style. */
const withTone = (one: string, tone: string) => {
  const [first = "", ...rest] = Array.from(one);
  return [first, tone, ...(rest[0] === "\ufe0f" ? rest.slice(1) : rest)].join("");
};

test.each(["", "1", "12", "#", "*", "©", "™", "a", "😀a", "😀 😀", "🇩", "\ufe0f", "\u200d", "1\ufe0f!", "😀\u0301"])(
  "%j is a text",
  (text) => expect(isFewEmoji(text)).toBe(false),
);
