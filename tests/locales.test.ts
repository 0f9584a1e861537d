import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { notices } from "#contracts/messages/kinds/notice.ts";
import { refusals } from "#contracts/refusals.ts";

type Sentences = { [key: string]: string | Sentences };
const languages = readdirSync("locales").filter((name) => name.endsWith(".json"));
const read = (name: string): Sentences => JSON.parse(readFileSync(`locales/${name}`, "utf8"));

/** "friends.add" → its sentence. */
function flatten(sentences: Sentences, before = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(sentences)) {
    if (typeof value === "string") flat.set(before + key, value);
    else for (const [below, sentence] of flatten(value, `${before}${key}.`)) flat.set(below, sentence);
  }
  return flat;
}
/** The names in ICU braces, which every language must use alike. */
const parameters = (sentence: string) =>
  [...new Set([...sentence.matchAll(/\{(\w+)\s*[,}]/g)].map((match) => match[1] ?? ""))].toSorted();

const english = flatten(read("en.json"));

test("English and Chinese are there", () =>
  expect(languages).toEqual(expect.arrayContaining(["en.json", "zh-CN.json"])));

test.each(languages)("%s says everything, with the same parameters, and nothing empty", (name) => {
  const sentences = flatten(read(name));
  expect([...sentences.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  for (const [key, sentence] of sentences) {
    expect(sentence.trim(), key).not.toBe("");
    expect(parameters(sentence), key).toEqual(parameters(english.get(key) ?? ""));
  }
});

test.each(languages)("%s has a sentence for every refusal and every notice", (name) => {
  const sentences = flatten(read(name));
  expect(Object.keys(refusals).filter((reason) => !sentences.has(`refusals.${reason}`))).toEqual([]);
  expect(notices.filter((notice) => ![...sentences.keys()].some((key) => key.startsWith(`notices.${notice}`)))).toEqual(
    [],
  );
});
