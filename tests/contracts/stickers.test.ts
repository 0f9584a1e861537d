import { expect, test } from "vitest";
import { builtinPackInfo, packAddInput, packInfo } from "#contracts/stickers.ts";

/** In the words of doutu. */
const good = { id: "emoj", size: "small", icon: "0.gif", assets: ["0.gif", "1.gif", "捂脸.PNG", "a b (2).webp"] };
const accepts = (info: unknown) => packInfo.safeParse(info).success;
const read = (json: string) => accepts(JSON.parse(json));

test("a pack of doutu is read as it is, and its icon may be a picture of its own", () => {
  expect(packInfo.parse(good)).toEqual(good);
  expect(accepts({ ...good, icon: "cover.jpeg" })).toBe(true);
});

test.each([
  "../0.gif",
  "..\\0.gif",
  "a/../../0.gif",
  "/etc/0.gif",
  "C:\\0.gif",
  "c:0.gif",
  "//host/0.gif",
  "https://host.example/0.gif",
  "sub/0.gif",
  "..gif",
  "a..gif",
  ".gif",
  ".hidden.gif",
  "0.gif\0.png",
  "0\n.gif",
  "0\u202egnp.gif",
  "%2e%2e%2f0.gif/",
  "0.svg",
  "0.html",
  "0.gif.html",
  "0",
  "",
  `${"a".repeat(97)}.gif`,
])("a pack that names the file %j is refused, as an asset and as its icon", (name) => {
  expect(accepts({ ...good, assets: [name] })).toBe(false);
  expect(accepts({ ...good, icon: name })).toBe(false);
});

test("one file named twice is refused, however it is written", () => {
  for (const twice of [
    ["0.gif", "0.gif"],
    ["0.gif", "0.GIF"],
    ["caf\u00e9.gif", "cafe\u0301.gif"],
  ]) {
    expect(accepts({ ...good, assets: twice })).toBe(false);
  }
});

test("a pack has 1 to 120 stickers", () => {
  const many = (length: number) => Array.from({ length }, (_, at) => `${at}.png`);
  expect(accepts({ ...good, assets: many(120) })).toBe(true);
  expect(accepts({ ...good, assets: many(121) })).toBe(false);
  expect(accepts({ ...good, assets: many(100_000) })).toBe(false);
  expect(accepts({ ...good, assets: [] })).toBe(false);
});

test("whatever is not those four metadata is refused", () => {
  for (const wrong of [
    null,
    [],
    "emoj",
    7,
    {},
    { ...good, id: 7 },
    { ...good, id: "" },
    { ...good, id: "../emoj" },
    { ...good, id: "x".repeat(41) },
    { ...good, size: "huge" },
    { ...good, size: ["small"] },
    { ...good, icon: null },
    { ...good, assets: "0.gif" },
    { ...good, assets: { 0: "0.gif", length: 1 } },
    { ...good, assets: [["0.gif"]] },
    { ...good, assets: [null] },
    { ...good, script: "0.js" },
  ]) {
    expect(accepts(wrong), JSON.stringify(wrong)).toBe(false);
  }
});

test("a prototype cannot be named", () => {
  const metadata = JSON.stringify(good).slice(1, -1);
  expect(read(`{${metadata}}`)).toBe(true);
  expect(read(`{${metadata},"__proto__":{"size":"large"}}`)).toBe(false);
  expect(read(`{${metadata},"constructor":{"prototype":{"kept":true}}}`)).toBe(false);
  expect(read(`{"__proto__":{${metadata}}}`)).toBe(false);
  expect(({} as { kept?: boolean }).kept).toBeUndefined();
  const input = `{"packId":"00000000-0000-4000-8000-000000000000","name":"x","info":{${metadata}},"files":{"__proto__":{"0.gif":"x"}}}`;
  const parsed = packAddInput.safeParse(JSON.parse(input));
  expect(parsed.data?.files ?? {}).toEqual({});
});

test("drawings are for the packs of the product only", () => {
  const drawn = { id: "mantou", size: "large", icon: "hello.svg", assets: ["hello.svg"] };
  expect(builtinPackInfo.safeParse(drawn).success).toBe(true);
  expect(accepts(drawn)).toBe(false);
  expect(builtinPackInfo.safeParse({ ...drawn, assets: ["../hello.svg"] }).success).toBe(false);
});
