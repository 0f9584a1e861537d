import { isSingle } from "#contracts/search/fold.ts";
import type { Term } from "#contracts/search/terms.ts";

/**
 * What the index knows of a text. Changes of this file, or of `fold`, need a new `tokensVersion`: all messages are indexed
 * anew then, while the old entries still answer.
 */
export const tokensVersion = 1;

/** Beginnings of a word that are indexed, in characters. A longer one is looked up by the next shorter, and compared. */
const beginnings = [1, 2, 3, 4, 5, 6, 8, 12] as const;

/** Neighbouring characters of one sort: a word, or a stretch of a script without spaces. */
function runsOf(folded: string): { characters: string[]; single: boolean }[] {
  const runs: { characters: string[]; single: boolean }[] = [];
  for (const word of folded.split(" ")) {
    let last: (typeof runs)[number] | undefined;
    for (const character of word) {
      const single = isSingle(character);
      if (last?.single === single) last.characters.push(character);
      else {
        last = { characters: [character], single };
        runs.push(last);
      }
    }
  }
  return runs;
}

const pairsOf = (characters: readonly string[]) =>
  characters.slice(1).map((character, at) => `${characters[at]}${character}`);

/** The tokens of a folded text, each once: of words their beginnings, of other scripts each character and each pair. */
export function tokensOf(folded: string): Set<string> {
  const tokens = new Set<string>();
  for (const { characters, single } of runsOf(folded)) {
    if (single) for (const token of [...characters, ...pairsOf(characters)]) tokens.add(token);
    else
      for (const length of beginnings)
        if (length <= characters.length) tokens.add(characters.slice(0, length).join(""));
  }
  return tokens;
}

/** The tokens that every text with all the terms has; those that say most first. */
export function tokensOfTerms(terms: readonly Term[]): string[] {
  const tokens = new Set<string>();
  for (const { characters, single } of terms.flatMap(runsOf)) {
    if (single && characters.length > 1) for (const pair of pairsOf(characters)) tokens.add(pair);
    else if (single) tokens.add(characters.join(""));
    else {
      const length = beginnings.findLast((one) => one <= characters.length) ?? 1;
      tokens.add(characters.slice(0, length).join(""));
    }
  }
  return [...tokens].sort((a, b) => b.length - a.length);
}

/** Whether the tokens of the terms say all that the terms say, so that nothing need be compared. */
export const isToken = (term: Term): boolean => {
  const runs = runsOf(term);
  const [run] = runs;
  if (runs.length !== 1 || !run) return false;
  const { length } = run.characters;
  return run.single ? length <= 2 : beginnings.some((one) => one === length);
};

/** FNV-1a with the last steps of MurmurHash 3, signed, of 32 bits. Two tokens of one hash cost a comparison, no wrong answer. */
export function hashOf(token: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < token.length; at += 1) hash = Math.imul(hash ^ token.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
