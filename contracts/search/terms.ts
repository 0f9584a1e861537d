import { fold, isSingle } from "#contracts/search/fold.ts";

/** One thing that is looked for, folded: a word, the beginning of one, or several that stand next to each other. */
export type Term = string;

/**
 * What a query asks for: each of its words, and what stands between quotation marks as a whole. Marks alone ask for
 * nothing. Each term once.
 */
export function termsOf(query: string): Term[] {
  const parts = query.match(/["“”„][^"“”„]*["“”„]|[^\s"“”„]+/g) ?? [];
  return [...new Set(parts.map((part) => fold(part).text).filter((term) => term !== ""))];
}

const characterBefore = (text: string, at: number): string => {
  const low = text.charCodeAt(at - 1);
  return text.slice(low >= 0xdc00 && low <= 0xdfff ? at - 2 : at - 1, at);
};

/** Whether a term may begin at a place of a folded text: anywhere in scripts without spaces, else where a word begins. */
function begins(text: string, at: number, term: Term): boolean {
  if (at === 0 || text[at - 1] === " ") return true;
  return isSingle(String.fromCodePoint(term.codePointAt(0) ?? 0)) || isSingle(characterBefore(text, at));
}

/** The places of a folded text at which a term stands, rising; at most `most`. */
export function placesOf(text: string, term: Term, most = Number.POSITIVE_INFINITY): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(term); at >= 0 && places.length < most; at = text.indexOf(term, at + 1)) {
    if (begins(text, at, term)) places.push(at);
  }
  return places;
}

/** Whether a folded text has all the terms. */
export const hasAll = (text: string, terms: readonly Term[]): boolean =>
  terms.every((term) => placesOf(text, term, 1).length > 0);
