/** What people see as one character: a letter with its accents, a flag, a family. Cuts go between them. */

let segmenter: Intl.Segmenter | undefined;
const split = (text: string) => {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
};

/** Answers whether a position, in UTF-16 units, stands between two graphemes of the text, or at one of its ends. */
export function graphemeEdges(text: string): (at: number) => boolean {
  const segments = split(text);
  return (at) => at === 0 || at === text.length || segments.containing(at)?.index === at;
}

/**
 * The beginning of a text, of at most `units` UTF-16 units, that ends between two graphemes. Looks at no more of the
 * text than that. A single grapheme that is longer (letters under piles of accents) is cut between two code points.
 */
export function beginningOf(text: string, units: number): string {
  if (text.length <= units) return text;
  // Whether two neighbours belong together is said by what stands before them and by the second of them.
  const edge = split(text.slice(0, units + 2)).containing(units)?.index ?? 0;
  if (edge > 0) return text.slice(0, edge);
  const low = text.charCodeAt(units);
  return text.slice(0, low >= 0xdc00 && low <= 0xdfff ? units - 1 : units);
}

/** Units that one grapheme has in the mean, at most: a family of four has eleven. */
const unitsEach = 4;

/** At most so many graphemes, the last of them "…" when something was left out. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = beginningOf(text, most * unitsEach);
  let [count, end] = [0, 0];
  for (const { index } of split(kept)) {
    if (count === most - 1) end = index;
    count += 1;
    if (count > most) break;
  }
  if (count <= most && kept.length === text.length) return text;
  return `${count < most ? kept : kept.slice(0, end)}…`;
}
