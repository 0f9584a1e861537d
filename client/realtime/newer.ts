/**
 * For `structuralSharing`: an answer that travelled while events moved the cache does not take their work back.
 * Both sides are pieces with a `rev`, by the type of the query that uses it.
 */
export function newer(held: unknown, fetched: unknown): unknown {
  const revOf = (piece: unknown) => (piece as { rev: number } | undefined)?.rev ?? -1;
  return revOf(held) > revOf(fetched) ? held : fetched;
}
