import { expect, test } from "vitest";
import { emojiGroups, loadEmoji } from "#client/emoji/emoji-data.ts";
import { shortcodeAt } from "#client/emoji/shortcode-at.ts";
import { withTone } from "#client/emoji/with-tone.ts";

const { all, find, search } = await loadEmoji();
const first = (query: string, most = 1) => search(query, most).map(({ emoji }) => emoji);

test("the list has every group, and each emoji has a name in English and in Chinese", () => {
  expect(all.length).toBeGreaterThanOrEqual(1_914);
  expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length);
  expect([...new Set(all.map(({ group }) => group))]).toEqual([...emojiGroups]);
  expect(all.filter(({ names }) => !/[\p{L}\p{N}]/u.test(names.en) || !/[\p{L}\p{N}]/u.test(names.zh))).toEqual([]);
  expect(find("👋")?.entry.names).toEqual({ en: "waving hand", zh: "挥手" });
});

test.each([
  ["tada", "🎉"],
  ["+1", "👍"],
  ["-1", "👎"],
  ["heart", "❤️"],
  ["Party Popper", "🎉"],
  ["cat", "🐈"],
  ["clown", "🤡"],
  ["pinata", "🪅"],
  ["hourglass done", "⌛"],
  ["笑哭了", "😂"],
  ["鼓掌", "👏"],
  ["生日蛋糕", "🎂"],
  ["中国", "🇨🇳"],
  ["china flag", "🇨🇳"],
  ["🎉", "🎉"],
  ["👍🏽", "👍"],
  ["❤", "❤️"],
])("%j finds %s first", (query, emoji) => expect(first(query)).toEqual([emoji]));

test("the beginning of a shortcode or a word is enough, in both languages, and all words of a query count", () => {
  expect(first("smi", 3)).toEqual(["😄", "😏", "😃"]);
  expect(first("蛋糕", 4)).toContain("🎂");
  // By a keyword: the names of both languages say nothing of it.
  expect(first("庆祝", 12)).toContain("🎉");
  expect(first("hooray", 3)).toContain("🎉");
  expect(first("cat heart", 3)).toContain("😻");
  expect(first("猫 heart", 3)).toContain("😻");
  expect(first("hearteyes nothing of the kind")).toEqual([]);
  expect(first("")).toEqual([]);
  expect(first(" : ")).toEqual([]);
});

test("a chosen tone is for everyone in the picture, and an emoji without people stays itself", () => {
  const toned = (emoji: string, tone: 1 | 5 | null) => {
    const entry = find(emoji)?.entry;
    return entry ? withTone(entry, tone).emoji : undefined;
  };
  expect(toned("👋", 5)).toBe("👋🏿");
  expect(toned("👋", null)).toBe("👋");
  expect(toned("✌️", 1)).toBe("✌🏻");
  expect(toned("👫", 1)).toBe("👫🏻");
  expect(toned("🎉", 5)).toBe("🎉");
  expect(find("👩🏻‍🤝‍👨🏿")?.toned.tones).toEqual([1, 5]);
});

test.each([
  [":smi", 4, { start: 0, query: "smi" }],
  ["so :smi", 7, { start: 3, query: "smi" }],
  ["so :smile now", 6, { start: 3, query: "sm" }],
  ["line\n:+1", 8, { start: 5, query: "+1" }],
  ["🎉:ta", 5, { start: 2, query: "ta" }],
  ["❤️:ta", 5, { start: 2, query: "ta" }],
  ["好，:开心", 5, { start: 2, query: "开心" }],
  ["：笑", 2, { start: 0, query: "笑" }],
  [":100km", 6, { start: 0, query: "100km" }],
  ["12:30", 5, null],
  ["at :30", 6, null],
  ["https://example.org", 8, null],
  ["https://example.org:8080/a:bc", 29, null],
  ["Re:smile", 8, null],
  ["他说:好的", 5, null],
  ["他说：好的", 5, null],
  [":D", 2, null],
  [":3", 2, null],
  [":-)", 3, null],
  [": smile", 7, null],
  [":", 1, null],
  ["", 0, null],
  [`:${"a".repeat(41)}`, 42, null],
])("in %j at %i an emoji is being named: %j", (text, caret, found) => expect(shortcodeAt(text, caret)).toEqual(found));
