import { expect, test } from "vitest";
import { createSearch } from "#client/search/create-search.ts";
import { readingsOf } from "#client/search/pinyin.ts";

const thing = (name: string, ...codes: string[]) => ({ names: name.split("|"), codes });
const things = [
  thing("张三", "sanshi", "10000001"),
  thing("Zoë Müller", "zoe_m", "10000002"),
  thing("李四|小李子", "li4", "10000003"),
  thing("单雄信", "shan", "20000004"),
  thing("吕布", "lvbu", "20000005"),
  thing("Søren O'Brien", "soren", "20000006"),
  thing("重庆火锅群", "30000007"),
  thing("Straße (alt.*)", "street", "30000008"),
  thing("Jean-Luc", "captain", "30000009"),
  thing("李Tom", "tom.li", "30000010"),
  thing("\u202eevil", "hidden", "30000011"),
];
const search = createSearch(things, readingsOf);
const found = (query: string) => search(query).map(({ names }) => names[0]);

test.each([
  ["张", "张三"],
  ["三", "张三"],
  ["zs", "张三"],
  ["zhangsan", "张三"],
  ["Zhang San", "张三"],
  ["zhangs", "张三"],
  ["zhsan", "张三"],
  ["zhangsa", "张三"],
  ["zoe", "Zoë Müller"],
  ["ZOË", "Zoë Müller"],
  ["muller", "Zoë Müller"],
  ["muller zoe", "Zoë Müller"],
  ["@zoe_m", "Zoë Müller"],
  ["10000002", "Zoë Müller"],
  ["小李", "李四"],
  ["xlz", "李四"],
  ["shanxiongxin", "单雄信"],
  ["dxx", "单雄信"],
  ["lvbu", "吕布"],
  ["lübu", "吕布"],
  ["soren", "Søren O'Brien"],
  ["obrien", "Søren O'Brien"],
  ["o’brien", "Søren O'Brien"],
  ["chongqing", "重庆火锅群"],
  ["hgq", "重庆火锅群"],
  ["strasse", "Straße (alt.*)"],
  ["(alt.*)", "Straße (alt.*)"],
  ["jean luc", "Jean-Luc"],
  ["jean-luc", "Jean-Luc"],
  ["litom", "李Tom"],
  ["ＺＯＥ", "Zoë Müller"],
  ["evil", "\u202eevil"],
])("%j finds %s first", (query, name) => expect(found(query)[0]).toBe(name));

test.each([
  ["zx"],
  ["zhangsi"],
  ["zsx"],
  ["zoe zhang"],
  [""],
  ["   "],
  ["99999999"],
  [".+"],
  ["[a-z]"],
  ["\\"],
  ["(?"],
])("%j finds nothing", (query) => expect(found(query)).toEqual([]));

test("what begins with the query is first, then a word, then pinyin, then the query anywhere, then the order given", () => {
  const names = ["Alisa", "Big Li", "Isabel", "李四", "Lina", "小李", "Lisa"];
  const ranked = createSearch(
    names.map((name) => thing(name)),
    readingsOf,
  );
  expect(ranked("li").map(({ names: [name] }) => name)).toEqual(["Lina", "Lisa", "Big Li", "李四", "小李", "Alisa"]);
});

test("without the readings, names, handles and numbers are still found", () => {
  const early = createSearch(things, undefined);
  expect(early("张").map(({ names }) => names[0])).toEqual(["张三"]);
  expect(early("sanshi").map(({ names }) => names[0])).toEqual(["张三"]);
  expect(early("zhangsan")).toEqual([]);
});

test("a hostile query or name costs no more than others", () => {
  const long = createSearch([thing("一".repeat(10_000)), thing("yi ".repeat(10_000)), ...things], readingsOf);
  for (const query of ["y".repeat(10_000), "yi".repeat(5_000), "(a+)+$".repeat(2_000), "\u0301".repeat(10_000)])
    expect(long(query).length).toBeLessThanOrEqual(2);
  expect(long("zs").map(({ names }) => names[0])).toEqual(["张三"]);
  expect(long("\ud800")).toEqual([]);
});
