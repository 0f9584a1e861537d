import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { builtinPackInfo, sameAsset } from "#contracts/stickers.ts";

const packs = readdirSync("stickers");
const infoFor = (pack: string) => builtinPackInfo.parse(JSON.parse(readFileSync(`stickers/${pack}/info.json`, "utf8")));

test("there are two packs of our own", () => expect(packs.toSorted()).toEqual(["jiaozi", "mantou"]));

test.each(packs)("%s has exactly the drawings that it names, a dozen at least", (pack) => {
  const { id, icon, assets } = infoFor(pack);
  expect(id).toBe(pack);
  expect(assets).toContain(icon);
  expect(assets.length).toBeGreaterThanOrEqual(12);
  const drawings = readdirSync(`stickers/${pack}`).filter((name) => name !== "info.json");
  expect(drawings.map(sameAsset).toSorted()).toEqual(assets.map(sameAsset).toSorted());
});

test.each(packs)("the drawings of %s hold shapes only: no words, no scripts, nothing from elsewhere", (pack) => {
  for (const asset of infoFor(pack).assets) {
    const drawing = readFileSync(`stickers/${pack}/${asset}`, "utf8");
    const elements = new Set([...drawing.matchAll(/<([a-zA-Z]+)/g)].map((match) => match[1]));
    expect(
      [...elements].filter((name) => !/^(svg|g|path|circle|ellipse|rect|filter|fe[A-Z]\w+)$/.test(name ?? "")),
    ).toEqual([]);
    expect(drawing).not.toMatch(/href|url\((?!#)|style|on\w+=/);
  }
});

test.each(["en", "zh-CN"])("every sticker of ours has a label in %s", (language) => {
  const { stickers } = JSON.parse(readFileSync(`locales/${language}.json`, "utf8"));
  for (const pack of packs) {
    expect(stickers.packs[pack], pack).toBeTruthy();
    const keys = infoFor(pack).assets.map((asset) => asset.replace(/\.svg$/, ""));
    expect(keys.filter((key) => !stickers.labels[key])).toEqual([]);
  }
});
