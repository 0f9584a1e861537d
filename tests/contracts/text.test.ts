import { describe, expect, test } from "vitest";
import { isFewEmoji, isOneEmoji, qualifiedEmoji } from "#contracts/emoji.ts";
import { messageReactInput } from "#contracts/messages/message.ts";
import {
  bodyText,
  count,
  countCodePoints,
  id,
  isClean,
  isUuid,
  nameLine,
  optionalLine,
  optionalText,
  plainText,
  positive,
  sequenceNumber,
  trimMessage,
} from "#contracts/text.ts";
import { foldTyped } from "#contracts/typed.ts";
import { hostOf, isSameAddress, isWebAddress } from "#contracts/web-address.ts";

const reasonOf = (schema: { safeParse: typeof id.safeParse }, value: unknown) => {
  const read = schema.safeParse(value);
  return read.success ? "ok" : read.error.issues.map(({ message }) => message).join();
};

test("length is counted in code points", () => {
  expect(["", "abc", "😀", "é", "e\u0301", "👨‍👩‍👧‍👦"].map(countCodePoints)).toEqual([0, 3, 1, 1, 2, 7]);
});

test("tabs and line ends are clean; other controls and halves of pairs are not", () => {
  expect(["a\tb\nc", "😀", "", "\u200d"].map(isClean)).toEqual([true, true, true, true]);
  expect(["\r", "\u0000", "\u007f", "\u0085", "\ud800", "a\udc00"].map(isClean)).toEqual(Array(6).fill(false));
});

test.each([
  ["a\r\nb\rc\nd", "a\nb\nc\nd"],
  ["a\vb\fc\u0085d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"],
  ["\r\r\n", "\n\n"],
  ["a\tb\u0000c\u007fd\u0008e", "a\tbcde"],
  ["a\ud800", "a\ud800"],
])("%j as every system writes it is %j", (text, plain) => expect(plainText(text)).toBe(plain));

test.each([
  ["hello", "hello"],
  ["\n\n  hello\n\n", "  hello"],
  [" \n \n\thello  world \n x \n ", "\thello  world \n x"],
  ["  hello", "  hello"],
  [" \n ", ""],
  ["", ""],
  ["a", "a"],
])("the message %j is sent as %j", (typed, sent) => expect(trimMessage(typed)).toBe(sent));

describe("the text of a message", () => {
  test("is kept, but for line ends and controls", () => {
    expect(bodyText(10).parse(" a\r\n\u202eb ")).toBe(" a\n\u202eb ");
  });
  test.each([
    ["x".repeat(10), "ok"],
    ["😀".repeat(10), "ok"],
    ["x".repeat(11), "text_too_long"],
    ["", "text_empty"],
    [" \n\u200b", "text_empty"],
    ["\ud800", "invalid_characters"],
    // One reason each.
    ["\ud800".repeat(11), "invalid_characters"],
    [" ".repeat(11), "text_empty"],
    [7, "Invalid input"],
  ])("%j: %s", (text, reason) => expect(reasonOf(bodyText(10), text)).toBe(reason));
  test("that is too long is refused with the limit", () => {
    expect(bodyText(10).safeParse("x".repeat(11)).error?.issues).toMatchObject([{ params: { max: 10 } }]);
  });
});

test("a name is a line with something in it; an optional line may be empty", () => {
  const [name, line] = [nameLine(3), optionalLine(3)];
  expect(["Ann", "Anna", " ", "\ud800"].map((text) => reasonOf(name, text))).toEqual([
    "ok",
    "text_too_long",
    "text_empty",
    "invalid_characters",
  ]);
  expect(["Ann", "Anna", " ", "\ud800"].map((text) => reasonOf(line, text))).toEqual([
    "ok",
    "text_too_long",
    "ok",
    "invalid_characters",
  ]);
  expect(optionalLine(30).parse("a\vb\fc V d")).toBe("a b c V d");
  expect(optionalLine(30).parse("\ufe0fAnn")).toBe("Ann");
  expect(optionalLine(30).parse(" a \t\n b\u2028\u200bc ")).toBe("a b c");
});

test("a description has lines, no controls that turn the writing round, and no blank ends", () => {
  expect(optionalText(10).parse(" \n a\r\n\u202a\u202eb\u2066\u2069 \n ")).toBe("a\nb");
  expect(optionalText(10).parse("")).toBe("");
  expect(reasonOf(optionalText(3), "abcd")).toBe("text_too_long");
  expect(reasonOf(optionalText(3), "\ud800")).toBe("invalid_characters");
});

test("ids are UUIDs, compared in lower case", () => {
  const uuid = "0190a0b0-0000-7000-8000-00000000000c";
  const wrongs = [uuid.toUpperCase(), `${uuid}0`, `0${uuid}`, uuid.replaceAll("-", ""), "", "room"];
  expect(id.parse(uuid)).toBe(uuid);
  expect(isUuid(uuid)).toBe(true);
  expect(wrongs.map(isUuid)).toEqual(Array(6).fill(false));
  expect(reasonOf(id, "room")).toBe("invalid_id");
  expect(id.parse(uuid.toUpperCase())).toBe(uuid);
});

test("numbers are whole and in range", () => {
  const taken = (schema: typeof count) =>
    [-1, 0, 1, 1.5, 2_147_483_647, 2_147_483_648].filter((n) => schema.safeParse(n).success);
  expect(taken(count)).toEqual([0, 1, 2_147_483_647, 2_147_483_648]);
  expect(taken(sequenceNumber)).toEqual([0, 1, 2_147_483_647]);
  expect(taken(positive)).toEqual([1, 2_147_483_647]);
});

test.each([
  ["❤", "❤\ufe0f"],
  ["❤\ufe0f", "❤\ufe0f"],
  ["😀\ufe0f", "😀"],
  ["✌🏽", "✌🏽"],
  ["✌\ufe0f🏽", "✌🏽"],
  ["1\u20e3", "1\ufe0f\u20e3"],
  ["🇨🇳", "🇨🇳"],
  ["🏳\u200d🌈", "🏳\ufe0f\u200d🌈"],
  ["❤\u200d🔥", "❤\ufe0f\u200d🔥"],
])("%j is spelled %j, also as a reaction", (emoji, qualified) => {
  expect(qualifiedEmoji(emoji)).toBe(qualified);
  const reaction = { conversationId: "0190a0b0-0000-7000-8000-00000000000c", seq: 1, reacted: true };
  expect(messageReactInput.safeParse({ ...reaction, emoji: qualified }).data?.emoji).toBe(qualified);
  expect(messageReactInput.safeParse({ ...reaction, emoji: "x" }).error?.issues[0]?.message).toBe("invalid_emoji");
});

test("an emoji has at most 120 units, however many are joined", () => {
  const longest = `🪁${"\u200d🪁".repeat(38)}\u200d❤\u200d❤`;
  const longer = `🪁${"\u200d🪁".repeat(39)}\u200d❤`;
  expect([longest.length, longer.length]).toEqual([120, 121]);
  expect([longest, longer].map(isOneEmoji)).toEqual([true, false]);
  expect([longest, longer].map(isFewEmoji)).toEqual([true, false]);
});

test.each([
  [" +49 ", "+49"],
  ["１２３", "123"],
  ["٠١٩", "019"],
  ["𝟗𝟎", "90"],
  ["०९", "09"],
  ["a‐b–c−d﹣e", "a-b-c-d-e"],
  ["a\u200bn\u00ad", "an"],
  ["Ａｎｎ", "Ann"],
  ["９".repeat(320), "9".repeat(320)],
  ["９".repeat(321), "９".repeat(321)],
])("%j is typed for %j", (typed, folded) => expect(foldTyped(typed)).toBe(folded));

describe("an address of the web", () => {
  test.each([
    "https://a.example",
    "http://a.example/b?c#d",
    "HTTPS://A.example",
    "https://例子.example/路",
    "https://[::1]:8/",
  ])("is %s", (address) => expect(isWebAddress(address)).toBe(true));
  test.each([
    ...["ftp://a.example", "xhttps://a.example", "https:a.example", "https:///a.example", "https://?a", "https://#a"],
    ...[
      "https://\\a.example",
      "https://a.example/ b",
      "https://a.example\n",
      "https://a\u200b.example",
      "https://a\\b",
    ],
    ...["https://", "https://:80", "https://a:b:c", "https://[", ""],
  ])("is not %j", (address) => expect(isWebAddress(address)).toBe(false));

  test("may be written in several ways", () => {
    expect(isSameAddress("https://A.example:443", "https://a.example/")).toBe(true);
    expect(isSameAddress("https://a.example/b", "https://a.example/B")).toBe(false);
    expect(isSameAddress("a.example", "https://a.example/")).toBe(false);
    expect(isSameAddress("https://a.example/", "a.example")).toBe(false);
    expect(isSameAddress("a", "a")).toBe(false);
  });

  test("leads to its host with its port", () => {
    expect(hostOf("https://user@例子.example:8080/x")).toBe("xn--fsqu00a.example:8080");
    expect(hostOf("https://A.example:443/")).toBe("a.example");
    expect(hostOf("nowhere")).toBe("");
  });
});
