import english from "emoji-picker-element-data/en/emojibase/data.json" with { type: "json" };
import { expect, test } from "vitest";
import { countFewEmoji, isFewEmoji, isOneEmoji, qualifiedEmoji } from "#contracts/emoji.ts";

/** Each in its skin tones, also where two people have different ones; with the parts of others: hair, tones. */
const all = english.flatMap(({ emoji, skins = [] }) => [emoji, ...skins.map((toned) => toned.emoji)]);

test("every emoji of Unicode's list is one emoji, and shows large when alone, in each of its skin tones", () => {
  expect(all.length).toBeGreaterThan(3_900);
  expect(all.filter((one) => !isOneEmoji(one))).toEqual([]);
  expect(all.filter((one) => !isOneEmoji(qualifiedEmoji(one)))).toEqual([]);
  expect(all.filter((one) => countFewEmoji(one) !== 1)).toEqual([]);
});

test("two and three stay as many, and four are a text", () => {
  // Two parts of others may be one emoji together.
  const whole = all.filter((one) => !/^\p{Emoji_Modifier}$/u.test(one));
  expect(whole.filter((one) => isOneEmoji(one.repeat(2)))).toEqual([]);
  expect(whole.filter((one) => countFewEmoji(one.repeat(2)) !== 2 || countFewEmoji(one.repeat(3)) !== 3)).toEqual([]);
  expect(whole.filter((one) => isFewEmoji(one.repeat(4)) || countFewEmoji(one.repeat(4)) !== 0)).toEqual([]);
  expect(countFewEmoji("👨‍👩‍👧🇩🇪👍🏽")).toBe(3);
});

test.each(["", "1", "12", "#", "*", "©", "™", "a", "😀a", "😀 😀", "🇩", "\ufe0f", "\u200d", "1\ufe0f!", "😀\u0301"])(
  "%j is a text",
  (text) => expect([isFewEmoji(text), countFewEmoji(text)]).toEqual([false, 0]),
);
