import { bestMatches, notFound } from "#client/search/best-matches.ts";
import { matchPinyin, type ReadingsOf } from "#client/search/match-pinyin.ts";
import { plain } from "#client/search/plain.ts";

/** What a thing is found by: `names` also by pinyin, `codes` (handle, IM number) as they are written. */
export type Searchable = { names: readonly string[]; codes: readonly string[] };

type Name = { text: string; readings: string[][] };
type Entry<T> = { item: T; names: Name[]; codes: string[] };

export const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

function entryOf<T extends Searchable>(item: T, readingsOf: ReadingsOf | undefined): Entry<T> {
  const names = item.names.map(plain).map((text) => ({
    text,
    readings: readingsOf && isChinese(text) ? readingsOf(text).filter(([first]) => first !== " ") : [],
  }));
  return { item, names, codes: item.codes.map(plain) };
}

function rankOfName({ text, readings }: Name, query: string, joined: string): number {
  if (text.startsWith(query)) return 0;
  if (text.includes(` ${query}`)) return 1;
  const pinyin = matchPinyin(readings, joined);
  if (pinyin) return pinyin === "start" ? 2 : 3;
  return text.includes(query) ? 4 : notFound;
}

function rankOfCode(code: string, query: string): number {
  if (code.startsWith(query)) return 1;
  return code.includes(query) ? 4 : notFound;
}

function rankOf<T>({ names, codes }: Entry<T>, query: string): number {
  const joined = query.replaceAll(" ", "");
  return Math.min(
    ...names.map((name) => rankOfName(name, query, joined)),
    ...codes.map((code) => rankOfCode(code, query)),
  );
}

/**
 * A search over things with names. What begins with the query is first, then a word that does, then pinyin, then the query
 * anywhere; of the same rank, the order of `items` stays. Without `readingsOf` pinyin finds nothing. Nothing for an empty
 * query.
 */
export function createSearch<T extends Searchable>(
  items: readonly T[],
  readingsOf: ReadingsOf | undefined,
): (query: string) => T[] {
  let entries: Entry<T>[] | undefined;
  return (query) => {
    const wanted = plain(query);
    if (wanted === "") return [];
    entries ??= items.map((item) => entryOf(item, readingsOf));
    return bestMatches(entries, wanted, rankOf).map(({ item }) => item);
  };
}
