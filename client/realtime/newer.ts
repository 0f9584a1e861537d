/**
 * For `structuralSharing`: a fetched answer that is older than the cache does not replace it.
 * Both values have a `rev`, by the type of the query.
 */
export function newer(held: unknown, fetched: unknown): unknown {
  const revOf = (piece: unknown) => (piece as { rev: number } | undefined)?.rev ?? -1;
  return revOf(held) > revOf(fetched) ? held : fetched;
}
