import { expect, test } from "vitest";
import { localeFromHeader } from "#client/preferences/locales.ts";

test.each([
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
  ["en-GB", "en"],
  ["en;q=0.5, zh;q=0.9", "zh-CN"],
  ["de,fr;q=0.9,zh;q=0.1", "zh-CN"],
  // Who reads traditional characters reads simplified ones rather than English.
  ["zh-TW,en;q=0.8", "zh-CN"],
  ["zh-Hant-HK,en;q=0.5", "zh-CN"],
  ["ZH-tw", "zh-CN"],
  // Refused, without a weight that is a number, another language that begins alike.
  ["zh;q=0,en;q=0.1", "en"],
  ["zh;q=no,en;q=0.1", "en"],
  ["zha,en;q=0.5", "en"],
  ["enm,zh;q=0.5", "zh-CN"],
  ["de, fr", "en"],
  ["*", "en"],
  [";;q=,,", "en"],
  ["", "en"],
  [null, "en"],
])("Accept-Language %j is answered in %s", (header, locale) => {
  expect(localeFromHeader(header)).toBe(locale);
});
