import { addressAt, unspacedRun, wordAt, wordPart } from "#contracts/markup/addresses.ts";
import { CodeSpans, codeOf } from "#contracts/markup/code-spans.ts";
import { mayClose, mayEscape, mayOpen, mayOpenCode, neighbourAfter, neighbourBefore } from "#contracts/markup/edges.ts";
import { marksOf, Openings, runOf } from "#contracts/markup/pairs.ts";
import { buildTree, type Piece } from "#contracts/markup/tree.ts";
import type { Inline, Placed } from "#contracts/markup.ts";

type Bounds<Atom> = { atoms: readonly Placed<Atom>[]; nextAtom: number; cut: boolean };

/**
 * One stretch of lines, without the marks of its blocks, from left to right; nothing in it is looked at more than a few
 * times.
 */
export function parseInline<Atom>(text: string, start: number, end: number, bounds: Bounds<Atom>): Inline<Atom>[] {
  return buildTree(new Scanner(text, start, end, bounds).scan());
}

const isMark = (unit: string | undefined) => unit === "*" || unit === "_" || unit === "~" || unit === "|";
/** Neither a sign that may mean something nor the beginning of a word. */
const plain = /[^*_~|`\\\n\p{L}\p{N}]+/uy;
const blankLine = /\n[^\S\n]*(?=\n)/y;
/** Stands for an address or a name beside a mark: whatever it ends with, it is content. */
const content = "a";

function runEnd(text: string, at: number, end: number): number {
  let to = at + 1;
  while (to < end && text[to] === text[at]) to += 1;
  return to;
}

class Scanner<Atom> {
  private readonly text: string;
  private readonly start: number;
  private readonly end: number;
  private readonly bounds: Bounds<Atom>;
  private readonly pieces: Piece<Atom>[] = [];
  private readonly openings = new Openings();
  private readonly code: CodeSpans;
  /** Marks that a backslash kept from opening: the backslash before the other end is meant for it. */
  private readonly escaped = new Set<string>();
  private at: number;
  private nextAtom: number;
  /** The marks that stand together with the last one. */
  private cluster = { start: -1, end: -1 };
  /** Where the last address or name ended, and up to where no word is an address. */
  private solidEnd = -1;
  private plainUntil: number;
  private lookedAt = -1;

  constructor(text: string, start: number, end: number, bounds: Bounds<Atom>) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.bounds = bounds;
    this.at = start;
    this.nextAtom = bounds.nextAtom;
    this.code = new CodeSpans(text, start, end);
    this.plainUntil = /[.:@]/.test(text.slice(start, end)) ? start : end;
  }

  scan(): Piece<Atom>[] {
    while (this.at < this.end) {
      const unit = this.text[this.at];
      if (this.takeAtom()) continue;
      if (unit === "`") this.takeTicks();
      else if (unit === "\\") this.takeBackslash();
      else if (unit === "\n") this.takeNewline();
      else if (isMark(unit)) this.takeMark();
      else this.takeWord();
    }
    if (this.bounds.cut && this.openings.has("||")) this.closeSpoiler();
    return this.pieces;
  }

  private say(to: number): void {
    this.pieces.push({ type: "text", text: this.text.slice(this.at, to) });
    this.at = to;
  }

  private get placed(): Placed<Atom> | undefined {
    // Atoms in code, or under an address, are passed over.
    while ((this.bounds.atoms[this.nextAtom]?.start ?? this.end) < this.at) this.nextAtom += 1;
    return this.bounds.atoms[this.nextAtom];
  }

  /** Where the next name ahead begins. One that stands here and does not fit into the stretch is text. */
  private get nextName(): number {
    const start = this.placed?.start ?? this.end;
    return start > this.at ? start : (this.bounds.atoms[this.nextAtom + 1]?.start ?? this.end);
  }

  private takeAtom(): boolean {
    const { placed } = this;
    if (placed?.start !== this.at || placed.end > this.end || placed.end <= placed.start) return false;
    this.pieces.push({ type: "atom", atom: placed.atom, text: this.text.slice(placed.start, placed.end) });
    this.at = placed.end;
    this.solidEnd = placed.end;
    return true;
  }

  private takeTicks(): void {
    const { text, at } = this;
    const ticksEnd = this.code.runEnd(at);
    const before = neighbourBefore(text, at, this.start);
    const opens = ticksEnd - at > 1 || mayOpenCode(before, neighbourAfter(text, ticksEnd, this.end));
    const closing = opens ? this.code.closing(at, ticksEnd) : null;
    if (closing === null) {
      this.say(ticksEnd);
      return;
    }
    this.pieces.push({ type: "code", text: codeOf(text.slice(ticksEnd, closing)) });
    this.at = closing + (ticksEnd - at);
    this.solidEnd = this.at;
  }

  private takeBackslash(): void {
    const { text, at } = this;
    const next = text[at + 1];
    const before = neighbourBefore(text, at, this.start);
    const quotes = next === ">" && text[at + 2] === " " && (at === this.start || before === "\n");
    if (at + 1 >= this.end || !(quotes || next === "`" || isMark(next))) {
      this.say(at + 1);
      return;
    }
    const to = runEnd(text, at + 1, this.end);
    const mark = text.slice(at + 1, to);
    const closes = this.escaped.has(mark) || this.openings.has(mark);
    // Elsewhere the backslash is one of a path, and what is lost would be missed; the mark is text all the same.
    if (quotes || next === "`" || mayEscape(before) || closes) this.at += 1;
    if (mayEscape(before)) this.escaped.add(mark);
    this.say(to);
  }

  /** Nothing reaches over a blank line. */
  private takeNewline(): void {
    blankLine.lastIndex = this.at;
    if (blankLine.test(this.text)) {
      this.openings.clear();
      this.escaped.clear();
    }
    this.say(this.at + 1);
  }

  private takeMark(): void {
    const { text, at, end } = this;
    const to = runEnd(text, at, end);
    const mark = text.slice(at, to);
    const run = runOf(mark);
    const around = this.surroundings(to);
    if (marksOf(mark).length === 0) this.say(to);
    else if (mayClose(mark, around) && this.openings.close(run)) this.pieces.push(run);
    else if (mayOpen(mark, around)) {
      this.openings.open(run);
      this.pieces.push(run);
    } else this.say(to);
    this.at = to;
  }

  private surroundings(to: number) {
    const { text, at, start, end, cluster } = this;
    if (at >= cluster.end) {
      cluster.start = at;
      cluster.end = to;
      while (cluster.end < end && isMark(text[cluster.end])) cluster.end += 1;
    }
    const isSolid = cluster.start === this.solidEnd;
    return {
      before: neighbourBefore(text, at, start),
      after: neighbourAfter(text, to, end),
      innerBefore: isSolid ? content : neighbourBefore(text, cluster.start, start),
      innerAfter: this.placed?.start === cluster.end ? content : neighbourAfter(text, cluster.end, end),
    };
  }

  private takeWord(): void {
    const { text, at, end } = this;
    // A name may stand in what was looked at already; it is not looked at again behind each one.
    if (at >= this.lookedAt) {
      this.lookedAt = endOf(plain, text, at) ?? endOf(unspacedRun, text, at) ?? this.lookAtWord();
      if (this.lookedAt <= at) return;
    }
    this.say(Math.min(this.lookedAt, this.nextName, end));
  }

  /** Takes the address that a word begins, or answers up to where the word is plain text. */
  private lookAtWord(): number {
    const { text, at, end } = this;
    if (at >= this.plainUntil) {
      const wordEnd = Math.min(endOf(wordAt, text, at) ?? at + 1, end);
      if (this.takeAddress(wordEnd)) return at;
      this.plainUntil = wordEnd;
    }
    return endOf(wordPart, text, at) ?? at + 1;
  }

  private takeAddress(wordEnd: number): boolean {
    const { text, at, start, end } = this;
    const found = addressAt(text, { at, wordEnd, end, before: neighbourBefore(text, at, start) }, (mark, after) => {
      const isOpen = marksOf(mark).some((one) => this.openings.has(one));
      return isOpen && mayClose(mark, { before: content, after, innerBefore: content, innerAfter: after });
    });
    if (!found || this.nextName < found.end) return false;
    if (found.start > at) this.say(found.start);
    this.pieces.push({ type: "link", url: found.url, text: text.slice(found.start, found.end) });
    this.at = found.end;
    this.solidEnd = found.end;
    return true;
  }

  /** The text goes on, and the rest of a secret may be there: it is hidden up to here. */
  private closeSpoiler(): void {
    const run = runOf("||");
    this.openings.close(run);
    this.pieces.push(run);
  }
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
