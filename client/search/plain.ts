/** Letters that Unicode does not take apart into a letter and an accent. */
const spelled: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

/** Of a longer name or query the rest is ignored. */
const longest = 100;

/**
 * A name or a query as they are compared: without case, accents, apostrophes and the "@" of a handle, and with one space
 * for each blank and mark between words. A text of nothing but marks stays as it is.
 */
export function plain(text: string): string {
  const folded = text
    .slice(0, longest)
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => spelled[letter] ?? letter);
  const words = folded
    .replace(/['’@]/g, "")
    .replace(/[\s_.,:·・\-–]+/g, " ")
    .trim();
  return words === "" ? folded.trim() : words;
}
