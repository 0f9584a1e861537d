/**
 * Where a mark may open and where it may close: at the edge of a word, as people see it. Scripts that put no spaces
 * between words have an edge between any two letters; so have Korean words before their particles.
 */

/** A code point, or undefined beyond the ends of the stretch. */
export type Neighbour = string | undefined;

/** Bits: what a code point is beside a mark. One can be several. */
const is = {
  space: 1,
  word: 2,
  unspaced: 4,
  emoji: 8,
  outside: 16,
  before: 32,
  after: 64,
  ending: 128,
  beginning: 256,
};

const patterns: Record<keyof typeof is, RegExp> = {
  space: /\s/,
  word: /[\p{L}\p{N}\p{M}]/u,
  unspaced:
    /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Yiii}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u,
  emoji: /\p{Extended_Pictographic}|\p{RI}|\p{Emoji_Modifier}|\u200d|\ufe0f|\u20e3/u,
  // Not the dot and the slashes: a mark beside them is part of a path, a pattern or a program.
  outside: /[^\P{P}./\\@#%&]|[|~`]/u,
  before: /[\p{Ps}\p{Pi}"'“‘¿¡]/u,
  after: /[\p{Pe}\p{Pf}"'”’`]/u,
  ending: /[.!?…,:;。！？，：；、~～%]/u,
  beginning: /[\p{Sc}#@`]/u,
};

function classify(one: string): number {
  let bits = 0;
  for (const [name, pattern] of Object.entries(patterns)) {
    // The keys of the table are those of `is`.
    if (pattern.test(one)) bits |= is[name as keyof typeof is];
  }
  if (bits & is.emoji) return bits & ~(is.word | is.unspaced);
  if (bits & is.word) return bits & is.unspaced ? bits & ~is.word : bits;
  return bits & ~is.unspaced;
}

/** Asking the patterns takes a microsecond for each, and texts repeat their letters. */
const known = new Map<string, number>();
const mostKnown = 4_096;

function classOf(one: Neighbour): number {
  if (one === undefined) return is.space;
  const before = known.get(one);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const bits = classify(one);
  known.set(one, bits);
  return bits;
}

const letter = is.word | is.unspaced;
const content = letter | is.emoji;

/** A letter of a script that puts no spaces between words. */
export const isUnspaced = (one: Neighbour): boolean => (classOf(one) & is.unspaced) !== 0;
/** A letter or digit of any other script. */
export const isWord = (one: Neighbour): boolean => (classOf(one) & is.word) !== 0;

export function neighbourBefore(text: string, at: number, start: number): Neighbour {
  if (at <= start) return undefined;
  const low = text.charCodeAt(at - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && at - 2 >= start;
  return isPair ? text.slice(at - 2, at) : text[at - 1];
}

export function neighbourAfter(text: string, at: number, end: number): Neighbour {
  if (at >= end) return undefined;
  const high = text.charCodeAt(at);
  const isPair = high >= 0xd800 && high <= 0xdbff && at + 2 <= end;
  return isPair ? text.slice(at, at + 2) : text[at];
}

/** What stands around a mark, and what stands around the whole cluster of marks that it is part of. */
export type Surroundings = { before: Neighbour; after: Neighbour; innerBefore: Neighbour; innerAfter: Neighbour };

/** One star or underscore is also half a face, a multiplication or a placeholder, so it asks for a word beside it. */
const isSingle = (mark: string) => mark.length === 1;

function mayStandOutside(mark: string, one: Neighbour): boolean {
  const bits = classOf(one);
  if (bits & (is.space | is.emoji)) return true;
  // "好呀~~来嘛~~": between such letters a tilde is a drawn-out tone. An underscore is part of a name.
  if (bits & letter) return mark !== "~~" && mark !== "_" && (bits & is.unspaced) !== 0;
  return (bits & is.outside) !== 0 || (one === "/" && !isSingle(mark));
}

export function mayOpen(mark: string, { before, innerAfter }: Surroundings): boolean {
  const bits = classOf(innerAfter);
  if (bits & is.space || !mayStandOutside(mark, before)) return false;
  if (bits & (content | is.before | is.beginning)) return true;
  return !isSingle(mark) && (bits & (is.after | is.ending)) === 0;
}

export function mayClose(mark: string, { after, innerBefore }: Surroundings): boolean {
  const bits = classOf(innerBefore);
  if (bits & is.space || !(mayStandOutside(mark, after) || after === ".")) return false;
  if (bits & (content | is.after | is.ending)) return true;
  return !isSingle(mark) && (bits & is.before) === 0;
}

/** "(´・ω・`)": a backtick between signs, with no word on either side, is part of a face. */
export function mayOpenCode(before: Neighbour, after: Neighbour): boolean {
  if (classOf(before) & (is.space | is.unspaced | is.before) || /^[=:,+/|!&<>*_~-]$/.test(before ?? "")) return true;
  return (classOf(after) & content) !== 0;
}

/** Whether a backslash here is meant for the mark after it: "C:\_old" and "¯\_(ツ)_/¯" keep theirs. */
export const mayEscape = (before: Neighbour): boolean =>
  (classOf(before) & (is.space | is.unspaced | is.before)) !== 0 || /^[*_~|`—–，。！？、；：]$/.test(before ?? "");
