import type { Emoji } from "#client/emoji/emoji-data.ts";
import { bestMatches, notFound } from "#client/search/best-matches.ts";

/** What an emoji is found by, without accents, case and marks between words. */
type Words = { emoji: Emoji; shortcodes: string[]; names: string[]; keywords: string[] };

const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/(\p{L})-/gu, "$1 ")
    .replace(/[\s_:：’'“”.,，!！()]+/g, " ")
    .trim();

const wordsOf = (emoji: Emoji): Words => ({
  emoji,
  shortcodes: emoji.shortcodes.map(plain),
  // A flag is called "flag: China", and meant by "China".
  names: [emoji.names.en, emoji.names.zh].flatMap((name) => [name, ...name.split(":").slice(1)]).map(plain),
  keywords: emoji.keywords.map(plain),
});

/** Scripts that put no spaces between words: what is inside a name is as good as its beginning. */
const unspaced = /^[\p{scx=Hani}\s]+$/u;

/** The least is the best; of the same kind the shorter text, of which the query is the larger part. */
const best = (texts: readonly string[], matches: (text: string) => boolean, rank: number) =>
  texts.reduce(
    (least, text) => (matches(text) ? Math.min(least, rank + Math.min(text.length, 99) / 100) : least),
    notFound,
  );

function rankOf({ shortcodes, names, keywords }: Words, query: string): number {
  const begins = (text: string) => text.startsWith(query);
  const inside = (text: string) => text.includes(query);
  const hasWord = (text: string) => text.includes(` ${query}`);
  const equals = (text: string) => text === query;
  const anywhere = unspaced.test(query) || query.length >= 3;
  return Math.min(
    best([...shortcodes, ...names], equals, 0),
    best(keywords, equals, 1),
    best([...shortcodes, ...names], begins, 2),
    best([...shortcodes, ...names], hasWord, 3),
    best(keywords, begins, 4),
    anywhere ? best([...shortcodes, ...names], inside, 5) : notFound,
    anywhere ? best(keywords, inside, 6) : notFound,
  );
}

/**
 * A search over a list: the emoji that a query means, the best first, at most `most`, by shortcodes, names and keywords,
 * English and Chinese alike. Nothing for an empty query.
 */
export function createSearch(all: readonly Emoji[]): (query: string, most: number) => Emoji[] {
  let index: Words[] | undefined;
  return (query, most) => {
    const wanted = plain(query);
    if (wanted === "") return [];
    index ??= all.map(wordsOf);
    return bestMatches(index, wanted, rankOf)
      .slice(0, most)
      .map(({ emoji }) => emoji);
  };
}
