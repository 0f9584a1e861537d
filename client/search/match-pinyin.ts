export type ReadingsOf = (text: string) => string[][];

const consonant = /^(?:zh|ch|sh|.)/;

/** How much of a reading that is not the last may be typed: its first letter, its first consonant, or all of it. */
const shortened = (reading: string) => [...new Set([reading.slice(0, 1), consonant.exec(reading)?.[0] ?? "", reading])];

/** Where in the query the next character of a name may go on. */
function stepsAfter(query: string, from: ReadonlySet<number>, readings: readonly string[]): Set<number> {
  const after = new Set<number>();
  for (const at of from)
    for (const reading of readings)
      for (const part of shortened(reading)) if (part !== "" && query.startsWith(part, at)) after.add(at + part.length);
  return after;
}

function matchesFrom(readings: readonly string[][], start: number, query: string): boolean {
  let places = new Set([0]);
  for (const of of readings.slice(start)) {
    // The last character may be typed in part.
    for (const at of places) if (of.some((reading) => reading.startsWith(query.slice(at)))) return true;
    places = stepsAfter(query, places, of);
    if (places.has(query.length)) return true;
    if (places.size === 0) return false;
  }
  return false;
}

/**
 * Whether a query without spaces is a stretch of a name in pinyin: whole syllables, initials, or both mixed ("zhangsan",
 * "zs", "zhangs"). "start" when it begins with the name, "inside" when later, null when it is not there.
 */
export function matchPinyin(readings: readonly string[][], query: string): "start" | "inside" | null {
  if (!/^[a-z]/.test(query)) return null;
  const start = readings.findIndex((_, at) => matchesFrom(readings, at, query));
  return start < 0 ? null : start === 0 ? "start" : "inside";
}
