import { describe, expect, test } from "vitest";
import {
  allows,
  content,
  filesOf,
  forwardedOf,
  isLabelled,
  previewOf,
  searchedTextOf,
  sendable,
} from "#contracts/messages/kinds/index.ts";

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const ref = (n: number) => ({ fileId: id(n) });
const stored = (n: number) => ({ ...ref(n), type: "x/y", bytes: 9 });
const picture = (n: number) => ({ ...stored(n), width: 4, height: 3, thumbhash: "", animated: false });

/** A message of every kind as it is stored. */
const messages = {
  text: { kind: "text", text: "hello *you*", mentions: [{ personId: id(1), start: 0, length: 5 }] },
  news: { kind: "news", title: "Title", description: "More", url: "https://a.example/", picture: picture(2) },
  voice: { kind: "voice", voice: { ...stored(3), durationMs: 59_600 }, peaks: [0, 100] },
  image: { kind: "image", pictures: [picture(4), picture(5)], caption: "Us" },
  red_packet: { kind: "red_packet", packetId: id(6), greeting: "Luck", split: "equal", shares: 3 },
  sticker: { kind: "sticker", stickerId: id(7), packId: id(8), label: "Cat", picture: picture(9) },
  link: {
    kind: "link",
    text: "see https://a.example/",
    url: "https://a.example/",
    title: "T",
    description: "",
    site: "",
    picture: null,
  },
  video: {
    kind: "video",
    video: { ...stored(10), durationMs: 1, width: 4, height: 3 },
    poster: picture(11),
    caption: "Go",
  },
  card: { kind: "card", of: "person", id: id(12), number: 10_000, name: "Ann" },
  file: { kind: "file", file: stored(13), name: "a.pdf", caption: "" },
  location: { kind: "location", latitude: -90, longitude: 180, name: "Pole" },
  record: {
    kind: "record",
    of: "direct",
    names: ["Ann", "Ben"],
    count: 2,
    lines: [{ name: "Ann", kind: "image", preview: "[Photo]" }],
  },
  reminder: {
    kind: "reminder",
    of: { conversationId: id(15), seq: 4 },
    line: { name: "Ann", kind: "image", preview: "[Photo]" },
  },
  poll: {
    kind: "poll",
    question: "Where?",
    options: ["Here", "There"],
    multiple: false,
    anonymous: true,
    closesAt: null,
    quiz: false,
    closedAt: null,
    voters: 3,
    votes: [1, 2],
  },
  signup: {
    kind: "signup",
    title: "Boats",
    note: "On Sunday",
    several: true,
    closesAt: null,
    closedAt: null,
    count: 1,
    entries: [{ id: id(16), position: 1, personId: id(17), text: "two seats" }],
  },
  notice: { kind: "notice", notice: "member_joined", personId: id(14) },
  recalled: { kind: "recalled" },
  custom: { kind: "custom", type: "com.example.poll", payload: { a: [1, null, "x", true] }, text: "A poll" },
};
type Kind = keyof typeof messages;
const stored_ = (kind: Kind, change: object = {}) => content.parse({ ...messages[kind], ...change });
const preview = (kind: Kind, change: object = {}) => previewOf(stored_(kind, change));

describe("a stored message", () => {
  test.each(Object.keys(messages) as Kind[])("of kind %s is read as it is", (kind) => {
    expect(content.parse(messages[kind])).toEqual(messages[kind]);
  });

  test.each<[Kind, string, string[], boolean]>([
    ["text", "hello you", [], false],
    ["news", "[News] Title", [id(2)], true],
    ["voice", "[Voice] 1:00", [id(3)], true],
    ["image", "[2 photos] Us", [id(4), id(5)], true],
    ["red_packet", "[Red packet] Luck", [], true],
    ["sticker", "[Sticker] Cat", [], true],
    ["link", "see https://a.example/", [], false],
    ["video", "[Video] Go", [id(10), id(11)], true],
    ["card", "[Contact] Ann", [], true],
    ["file", "[File] a.pdf", [id(13)], true],
    ["location", "[Location] Pole", [], true],
    ["record", "[Chat history] Ann, Ben", [], true],
    ["reminder", "[Reminder] Ann: [Photo]", [], true],
    ["poll", "[Poll] Where?", [], true],
    ["signup", "[Sign-up] Boats", [], true],
    ["notice", "member joined", [], false],
    ["recalled", "[Recalled]", [], true],
    ["custom", "A poll", [], false],
  ])("of kind %s has the preview %j, the files %j; labelled: %s", (kind, line, files, labelled) => {
    expect(preview(kind)).toBe(line);
    expect(filesOf(stored_(kind))).toEqual(files);
    expect(isLabelled(kind)).toBe(labelled);
  });

  test.each<[Kind, object, string]>([
    ["image", { pictures: [picture(1)], caption: "" }, "[Photo]"],
    ["voice", { voice: { ...stored(3), durationMs: 3_400 } }, "[Voice] 0:03"],
    ["voice", { voice: { ...stored(3), durationMs: 71_500 } }, "[Voice] 1:12"],
    ["text", { text: `a  b\n\n c${"x".repeat(200)}` }, `a b c${"x".repeat(134)}…`],
    ["text", { text: ` ${"y".repeat(140)}` }, "y".repeat(140)],
    ["file", { name: "b c.txt" }, "[File] b c.txt"],
    ["reminder", { line: null }, "[Reminder]"],
    ["notice", { notice: "red_packet_opened" }, "red packet opened"],
    ["red_packet", { split: "random", greeting: "" }, "[Red packet]"],
    // Too long to be read whole: what is cut off is shown by the dots, without spaces before them.
    ["text", { text: `${"x ".repeat(50)}${" ".repeat(600)}y` }, `${"x ".repeat(49)}x…`],
    ["text", { text: `  ${"*a* ".repeat(300)}` }, `${"a ".repeat(69)}a…`],
  ])("of kind %s with %j has the preview %j", (kind, change, line) => expect(preview(kind, change)).toBe(line));

  test("that asks is found by all that it asks, and forwarded without answers", () => {
    expect(searchedTextOf(stored_("poll"))).toBe("Where?\nHere\nThere");
    expect(searchedTextOf(stored_("signup"))).toBe("Boats\nOn Sunday");
    expect(forwardedOf(stored_("poll"))).toEqual({ kind: "text", text: "Where?\n• Here\n• There" });
    expect(forwardedOf(stored_("signup"))).toEqual({ kind: "text", text: "Boats\nOn Sunday" });
  });

  test("without a picture, or a poster, has no file of it", () => {
    expect(filesOf(stored_("news", { picture: null }))).toEqual([]);
    expect(filesOf(stored_("video", { poster: null }))).toEqual([id(10)]);
  });

  test.each([
    ["text", true, true],
    ["red_packet", false, true],
    ["notice", false, false],
    ["recalled", false, false],
    ["of_tomorrow", false, false],
    ["toString", false, false],
  ] as const)("of kind %s can be recalled: %s, reacted to: %s", (kind, recall, react) => {
    expect([allows(kind, "recall"), allows(kind, "react")]).toEqual([recall, react]);
  });

  test("of a kind that is not known has no label", () => {
    expect(isLabelled("of_tomorrow")).toBe(false);
    expect(isLabelled("toString")).toBe(false);
  });
});

const link = { kind: "link", text: "see https://a.example/", url: "https://a.example/" };
const mention = { personId: id(1), start: 0, length: 5 };
const poll = messages.custom;
const issuesOf = (draft: object) => {
  const read = sendable.safeParse(draft);
  return read.success ? "ok" : read.error.issues.map(({ message }) => message).join();
};
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe("a draft", () => {
  test.each<object>([
    { kind: "text", text: "hello" },
    { kind: "text", text: "hello", mentions: Array(50).fill(mention) },
    { kind: "text", text: "x".repeat(10_000) },
    { kind: "news", title: "T", description: "", url: "https://a.example/", picture: null },
    { kind: "news", title: "T", description: "D", url: "https://a.example/", picture: ref(1) },
    { kind: "voice", voice: ref(1), peaks: Array(64).fill(100) },
    { kind: "image", pictures: Array(9).fill(ref(1)), caption: "" },
    { kind: "sticker", stickerId: id(1) },
    link,
    { kind: "video", video: ref(1), poster: null, caption: "x".repeat(1_000) },
    { kind: "card", of: "community", id: id(1) },
    { kind: "file", file: ref(1), caption: "" },
    { kind: "location", latitude: 90, longitude: -180, name: "" },
    { ...poll, payload: nested(32) },
    { ...poll, payload: Object.create(null) },
    { ...poll, payload: "x".repeat(8_190) },
    { ...poll, type: `a.${"b".repeat(98)}` },
  ])("$kind (%#) is taken as it is", (draft) => expect(sendable.parse(draft)).toEqual(draft));

  test.each<[string, object]>([
    ["text_empty", { kind: "text", text: " \n" }],
    ["text_too_long", { kind: "text", text: "x".repeat(10_001) }],
    ["Invalid input", { kind: "text", text: "hello", mentions: Array(51).fill(mention) }],
    ["Invalid input", { kind: "voice", voice: ref(1), peaks: Array(65).fill(1) }],
    ["Invalid input", { kind: "voice", voice: ref(1), peaks: [] }],
    ["Invalid input", { kind: "voice", voice: ref(1), peaks: [-1] }],
    ["Invalid input", { kind: "image", pictures: Array(10).fill(ref(1)), caption: "" }],
    ["Invalid input", { kind: "image", pictures: [], caption: "" }],
    ["text_too_long", { kind: "image", pictures: [ref(1)], caption: "x".repeat(1_001) }],
    ["text_empty", { kind: "news", title: "", description: "", url: "https://a.example/", picture: null }],
    [
      "text_too_long",
      { kind: "news", title: "x".repeat(201), description: "", url: "https://a.example/", picture: null },
    ],
    [
      "text_too_long",
      { kind: "news", title: "T", description: "x".repeat(501), url: "https://a.example/", picture: null },
    ],
    ["invalid_address", { kind: "news", title: "T", description: "", url: "ftp://a.example/", picture: null }],
    ["invalid_address", { ...link, url: "https://u@a.example/" }],
    ["invalid_address", { ...link, url: "https://:p@a.example/" }],
    ["invalid_address", { ...link, url: `https://a.example/${"x".repeat(2_031)}` }],
    ["text_empty", { ...link, text: "" }],
    ["text_too_long", { ...link, text: "x".repeat(10_001) }],
    ["Invalid input", { ...link, mentions: Array(51).fill(mention) }],
    ["Invalid input", { kind: "card", of: "stranger", id: id(1) }],
    ["invalid_id", { kind: "sticker", stickerId: "cat" }],
    ["Invalid input", { kind: "location", latitude: -90.1, longitude: 0, name: "" }],
    ["Invalid input", { kind: "location", latitude: 90.1, longitude: 0, name: "" }],
    ["Invalid input", { kind: "location", latitude: 0, longitude: -180.1, name: "" }],
    ["Invalid input", { kind: "location", latitude: 0, longitude: 180.1, name: "" }],
    ["text_too_long", { kind: "location", latitude: 0, longitude: 0, name: "x".repeat(101) }],
    ["invalid_type", { ...poll, type: "poll" }],
    ["invalid_type", { ...poll, type: "com.example." }],
    ["invalid_type", { ...poll, type: ".com.example" }],
    ["invalid_type", { ...poll, type: "com.example.poll!" }],
    ["invalid_type", { ...poll, type: "!com.example.poll" }],
    ["Invalid input", { ...poll, type: `a.${"b".repeat(99)}` }],
    ["invalid_payload", { ...poll, payload: nested(33) }],
    ["invalid_payload", { ...poll, payload: JSON.parse('[{"__proto__":1}]') }],
    ["invalid_input", { ...poll, payload: Number.POSITIVE_INFINITY }],
    ["invalid_input", { ...poll, payload: [undefined] }],
    ["invalid_input", { ...poll, payload: { at: new Date(0) } }],
    ["payload_too_large", { ...poll, payload: "x".repeat(8_191) }],
    ["payload_too_large", { ...poll, payload: "字".repeat(2_731) }],
    ["text_empty", { ...poll, text: "" }],
    ["text_too_long", { ...poll, text: "x".repeat(1_001) }],
    // One reason each: what follows is not looked at.
    ["invalid_address", { ...link, url: "a.example" }],
    ["invalid_address", { ...link, url: `a.example/${"x".repeat(2_048)}` }],
    ["invalid_payload", { ...poll, payload: [nested(32), "x".repeat(9_000)] }],
    ["invalid_input", { ...poll, payload: Number.NaN }],
    ["invalid_input", { ...poll, payload: [() => {}] }],
    ["Invalid input", { kind: "notice", notice: "member_joined" }],
    ["Invalid input", { kind: "recalled" }],
    ["Invalid input", messages.red_packet],
  ])("is refused as %s (%#)", (reason, draft) => expect(issuesOf(draft)).toBe(reason));

  test.each(["text", "link"])("of kind %s has plain line ends, and its mentions where they stand then", (kind) => {
    const text = "a\r\nb\u0007 @Ben and\r@Cleo";
    const mentions = [
      { personId: id(1), start: 6, length: 4 },
      { personId: id(2), start: 15, length: 5 },
    ];
    const read = sendable.parse({ ...link, kind, text, mentions });
    expect(read).toMatchObject({
      text: "a\nb @Ben and\n@Cleo",
      mentions: [
        { personId: id(1), start: 4, length: 4 },
        { personId: id(2), start: 13, length: 5 },
      ],
    });
  });
});
