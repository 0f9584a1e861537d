/** Compares an event's `rev` with the cached one: the next is applied, an old one dropped, a gap fetched. */
export function compareRev(have: number, rev: number): "next" | "old" | "gap" {
  if (rev <= have) return "old";
  return rev === have + 1 ? "next" : "gap";
}
