import { limits } from "#contracts/limits.ts";
import { isUnspaced, isWord, neighbourAfter, neighbourBefore } from "#contracts/markup/edges.ts";
import { type Inline, parseMarkup } from "#contracts/markup.ts";
import type { Mention } from "#contracts/messages/kinds/text.ts";

/** A person who can be mentioned here, by the name that all members see. */
export type Nameable = { id: string; name: string; handle: string };

/**
 * Characters before which a mention may start; it also may between letters of scripts without spaces, but not inside a
 * word, an address or a path.
 */
const beforeName = /[\s\p{Ps}\p{Pi}"'*_~|,;!?…、，。；：！？]/u;
const letter = /[\p{L}\p{N}\p{M}]/u;

function mayBegin(text: string, at: number): boolean {
  const before = neighbourBefore(text, at, 0);
  return before === undefined || isUnspaced(before) || beforeName.test(before);
}

/** Is a name being written at the caret? `start` is where its "@" stands. An "@" inside a word is an e-mail address. */
export function mentionAt(text: string, caret: number): { start: number; query: string } | null {
  const start = text.lastIndexOf("@", caret - 1);
  if (start < 0 || caret - start - 1 > limits.displayName.max || !mayBegin(text, start)) return null;
  const query = text.slice(start + 1, caret);
  return query.includes("\n") ? null : { start, query };
}

/** People who match a query: first names and handles that start with it, then names that contain it. */
export function suggest(people: readonly Nameable[], query: string, most = 6): Nameable[] {
  const wanted = query.toLocaleLowerCase();
  const begins = (one: Nameable) =>
    one.name.toLocaleLowerCase().startsWith(wanted) || one.handle.toLowerCase().startsWith(wanted);
  const first = people.filter(begins);
  const then = people.filter((one) => !begins(one) && one.name.toLocaleLowerCase().includes(wanted));
  return [...first, ...then].slice(0, most);
}

/** Moves the picked mentions along with an edit. A mention with edited text becomes plain text. */
export function movePicks(picks: readonly Mention[], before: string, after: string): Mention[] {
  if (picks.length === 0) return [];
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same += 1;
  let sameEnd = 0;
  while (sameEnd < most - same && before.at(-1 - sameEnd) === after.at(-1 - sameEnd)) sameEnd += 1;
  const [editEnd, moved] = [before.length - sameEnd, after.length - before.length];
  return picks.flatMap((pick) => {
    const end = pick.start + pick.length;
    if (end <= same) return [pick];
    return pick.start >= editEnd ? [{ ...pick, start: pick.start + moved }] : [];
  });
}

/**
 * The people whom a text names, in order: those who were picked, where they were picked, and those with their whole name
 * written behind an "@", if it is one person's alone. Nothing in code names a person.
 */
export function mentionsIn(text: string, people: readonly Nameable[], picks: readonly Mention[] = []): Mention[] {
  const byName = new Map<string, Nameable | null>();
  // Two people of one name: only a pick tells them apart.
  for (const one of people) if (one.name !== "") byName.set(one.name, byName.has(one.name) ? null : one);
  const lengths = [...new Set([...byName.keys()].map((name) => name.length))].sort((a, b) => b - a);
  const mentions: Mention[] = [];
  let nextPick = 0;
  for (let at = text.indexOf("@"); at >= 0 && mentions.length < limits.mentions; at = text.indexOf("@", at + 1)) {
    while ((picks[nextPick]?.start ?? at) < at) nextPick += 1;
    const pick = picks[nextPick];
    const isPicked = pick?.start === at && !goesOn(text, pick.start + pick.length);
    const mention = isPicked ? pick : writtenAt(text, at, lengths, byName);
    if (!mention) continue;
    mentions.push(mention);
    at += mention.length - 1;
  }
  return mentions.length === 0 ? mentions : outsideCode(text, mentions);
}

/** "@Adam" is not Ada, even where Ada was picked. */
const goesOn = (text: string, end: number) =>
  isWord(neighbourBefore(text, end, 0)) && isWord(neighbourAfter(text, end, text.length));

function writtenAt(
  text: string,
  at: number,
  lengths: readonly number[],
  byName: ReadonlyMap<string, Nameable | null>,
): Mention | null {
  if (!mayBegin(text, at)) return null;
  for (const length of lengths) {
    if (at + 1 + length > text.length) continue;
    const person = byName.get(text.slice(at + 1, at + 1 + length));
    if (person === undefined) continue;
    const after = neighbourAfter(text, at + 1 + length, text.length);
    if (person && !(after !== undefined && letter.test(after)))
      return { personId: person.id, start: at, length: length + 1 };
    if (person === null) return null;
  }
  return null;
}

function outsideCode(text: string, mentions: readonly Mention[]): Mention[] {
  const atoms = mentions.map((mention) => ({
    start: mention.start,
    end: mention.start + mention.length,
    atom: mention,
  }));
  const inside = (child: Inline<Mention>): Mention[] =>
    "children" in child ? child.children.flatMap(inside) : child.type === "atom" ? [child.atom] : [];
  return parseMarkup(text, { atoms }).flatMap((block) =>
    block.type === "fence" ? [] : block.children.flatMap(inside),
  );
}
