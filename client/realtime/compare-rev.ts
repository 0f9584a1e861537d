/** What an event's number says to somebody who holds `have`: apply it, drop it, or ask what was missed. */
export function compareRev(have: number, rev: number): "next" | "old" | "gap" {
  if (rev <= have) return "old";
  return rev === have + 1 ? "next" : "gap";
}
