/** The rank of what a query does not find. */
export const notFound = Number.POSITIVE_INFINITY;

/**
 * The entries that a query finds, the best (the least rank) first; those of one rank keep their order. All words of the
 * query have to be somewhere; the query as a whole is better than its words. `rankOf` ranks below 10, or `notFound`.
 */
export function bestMatches<Entry>(
  entries: readonly Entry[],
  query: string,
  rankOf: (entry: Entry, query: string) => number,
): Entry[] {
  const words = query.split(" ");
  const scoreOf = (entry: Entry) => {
    const whole = rankOf(entry, query);
    if (whole !== notFound || words.length < 2) return whole;
    return 10 + Math.max(...words.map((word) => rankOf(entry, word)));
  };
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry) }))
    .filter(({ score }) => score !== notFound)
    .sort((a, b) => a.score - b.score)
    .map(({ entry }) => entry);
}
