import { unspaced } from "#contracts/unspaced.ts";

/** Letters that Unicode does not take apart into a letter and an accent. */
const spelled: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

/**
 * Accents of Latin, Greek and Cyrillic letters, points of Hebrew ones, vowel signs of Arabic ones with its stretching, and what
 * makes an emoji of a digit.
 */
const accents =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]|\u20e3|\ufe0e|\ufe0f/g;

/** Letters without case and accents, and in the one form that Unicode has for those that can be written in two. */
export const foldLetters = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(accents, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => spelled[letter] ?? letter)
    .normalize("NFC");

/** What is found by each of its characters: scripts without spaces, and pictures. */
const single = new RegExp(`[${unspaced}\\p{Extended_Pictographic}\\p{Regional_Indicator}]`, "u");

/** What was found out of a character of one unit, of which there are 65,536 at most. */
function remembered<T>(ask: (character: string) => T): (character: string) => T {
  const known: T[] = [];
  return (character) => {
    if (character.length > 1) return ask(character);
    const unit = character.charCodeAt(0);
    const answer = known[unit] ?? ask(character);
    known[unit] = answer;
    return answer;
  };
}

export const isSingle = remembered((character) => single.test(character));
const foldCluster = remembered(foldLetters);

/**
 * A letter or a digit with its marks; a Korean syllable that is written letter by letter, as macOS does in names of files; a
 * Japanese one in halves; a picture. Of bounded length: what normalises long piles of marks sorts them.
 */
const clusters =
  /[\u1100-\u115f]{1,3}[\u1160-\u11a7]{0,3}[\u11a8-\u11ff]{0,3}|[\p{L}\p{N}][\p{M}\uff9e\uff9f]{0,30}|\p{M}{1,30}|\p{Extended_Pictographic}|\p{Regional_Indicator}/gu;
/** What cannot be seen inside of a word parts nothing. */
const invisible = /^(?:[\u00ad\u200b\u2060]|\u200c|\u200d|\ufe0e|\ufe0f)*$/;

/** A text as it is searched: words in folded letters with one space between them, and where each unit came from. */
export type Folded = {
  text: string;
  /** Of each UTF-16 unit of `text`: where what it was made from begins and ends in the original. */
  starts: number[];
  ends: number[];
};

/**
 * Folds a text for searching; the same for what is indexed, what is asked for, and what is compared. Blanks, marks and symbols
 * are one space between words and none at the ends. Linear in the length of the text.
 */
export function fold(original: string): Folded {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = "";
  let done = 0;
  for (const { 0: cluster, index } of original.matchAll(clusters)) {
    const letters = foldCluster(cluster);
    if (letters === "") continue;
    const end = index + cluster.length;
    if (text !== "" && !invisible.test(original.slice(done, index))) {
      text += " ";
      starts.push(done);
      ends.push(index);
    }
    text += letters;
    for (let unit = 0; unit < letters.length; unit += 1) {
      starts.push(index);
      ends.push(end);
    }
    done = end;
  }
  return { text, starts, ends };
}
