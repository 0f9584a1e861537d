import { foldLetters } from "#contracts/search/fold.ts";

/** Of a longer name or query the rest is ignored. */
const longest = 100;

/**
 * A name or a query as they are compared: without case, accents, apostrophes and the "@" of a handle, and with one space
 * for each blank and mark between words. A text of nothing but marks stays as it is.
 */
export function plain(text: string): string {
  const folded = foldLetters(text.slice(0, longest));
  const words = folded
    .replace(/['’@]/g, "")
    .replace(/[\s_.,:·・\-–]+/g, " ")
    .trim();
  return words === "" ? folded.trim() : words;
}
