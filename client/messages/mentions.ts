import type { Mention } from "#contracts/kinds/text.ts";
import { limits } from "#contracts/limits.ts";

/** Somebody who can be named here, by the name that everyone here sees. */
export type Nameable = { id: string; name: string; handle: string };

/** Is a name being written at the caret? `start` is where its "@" stands. An "@" inside a word is an e-mail address. */
export function mentionAt(text: string, caret: number): { start: number; query: string } | null {
  const start = text.lastIndexOf("@", caret - 1);
  if (start < 0 || caret - start - 1 > limits.displayName.max) return null;
  if (start > 0 && /[\p{L}\p{N}]/u.test(text[start - 1] ?? "") && /[\x21-\x7e]/.test(text[start - 1] ?? ""))
    return null;
  const query = text.slice(start + 1, caret);
  return query.includes("\n") ? null : { start, query };
}

/** Who may be meant: names and handles that begin so, then names that have it inside. */
export function suggest(people: readonly Nameable[], query: string, most = 6): Nameable[] {
  const wanted = query.toLocaleLowerCase();
  const begins = (one: Nameable) =>
    one.name.toLocaleLowerCase().startsWith(wanted) || one.handle.toLowerCase().startsWith(wanted);
  const first = people.filter(begins);
  const then = people.filter((one) => !begins(one) && one.name.toLocaleLowerCase().includes(wanted));
  return [...first, ...then].slice(0, most);
}

/** The names in a text that are somebody's here; of two that begin alike the longer one. */
export function mentionsIn(text: string, people: readonly Nameable[]): Mention[] {
  const mentions: Mention[] = [];
  for (let at = text.indexOf("@"); at >= 0 && mentions.length < limits.mentions; at = text.indexOf("@", at + 1)) {
    const meant = people
      .filter(({ name }) => name !== "" && text.startsWith(name, at + 1))
      .reduce<Nameable | null>(
        (longest, one) => (longest && longest.name.length >= one.name.length ? longest : one),
        null,
      );
    if (!meant) continue;
    mentions.push({ personId: meant.id, start: at, length: meant.name.length + 1 });
    at += meant.name.length;
  }
  return mentions;
}
