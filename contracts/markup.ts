/**
 * How a text is set, read from the text itself: **bold**, *italic* or _italic_, ~~strike~~, ||spoiler||, `code`, fences of
 * three backticks, and lines that begin with "> ". What is not closed, or closes nothing, is text like any other, so
 * nothing that anybody writes is lost. Pure, and linear in the length of the text.
 */
export type Span = "bold" | "italic" | "strike" | "spoiler";
export type Inline<Atom> =
  | { type: "text"; text: string }
  | { type: Span; children: Inline<Atom>[] }
  | { type: "code"; text: string }
  | { type: "atom"; atom: Atom; text: string };
export type Block<Atom> =
  | { type: "lines"; children: Inline<Atom>[] }
  | { type: "quote"; children: Inline<Atom>[] }
  | { type: "fence"; language: string; text: string };

/** A stretch that is one thing already (an address, somebody's name): nothing inside it is syntax. In order, apart. */
export type Placed<Atom> = { start: number; end: number; atom: Atom };

const fence = /^```([\w+#-]{0,20})\n([\s\S]*?)\n?```[^\S\n]*(?:\n|$)/gm;

export function parseMarkup<Atom = never>(text: string, atoms: readonly Placed<Atom>[] = []): Block<Atom>[] {
  const blocks: Block<Atom>[] = [];
  let done = 0;
  for (const match of text.matchAll(fence)) {
    // The newline before a fence ends the line above it and is not one more.
    if (match.index > done) blocks.push(...parseLines(text, done, match.index - 1, atoms));
    blocks.push({ type: "fence", language: match[1] ?? "", text: match[2] ?? "" });
    done = match.index + match[0].length;
  }
  if (done < text.length || blocks.length === 0) blocks.push(...parseLines(text, done, text.length, atoms));
  return blocks;
}

type Stretch = { start: number; end: number };

/** Blocks of quoted lines and of other lines. */
function parseLines<Atom>(text: string, start: number, end: number, atoms: readonly Placed<Atom>[]): Block<Atom>[] {
  const blocks: Block<Atom>[] = [];
  let run: Stretch[] = [];
  let runQuoted = false;
  const close = () => {
    const [first, last] = [run.at(0), run.at(-1)];
    if (!first || !last) return;
    if (runQuoted) blocks.push({ type: "quote", children: parseQuote(text, run, atoms) });
    else blocks.push({ type: "lines", children: parseInline(text, first.start, last.end, atoms) });
    run = [];
  };
  for (let at = start; at <= end; ) {
    const newline = text.indexOf("\n", at);
    const lineEnd = newline < 0 || newline > end ? end : newline;
    const quoted = text.startsWith("> ", at) && at + 2 <= lineEnd;
    if (quoted !== runQuoted) close();
    runQuoted = quoted;
    run.push({ start: at, end: lineEnd });
    at = lineEnd + 1;
  }
  close();
  return blocks;
}

/** Each line by itself: nothing spans the marks at their beginnings. */
function parseQuote<Atom>(text: string, lines: readonly Stretch[], atoms: readonly Placed<Atom>[]): Inline<Atom>[] {
  return lines.flatMap(({ start, end }, at) => {
    const inside = parseInline(text, start + 2, end, atoms);
    return at === 0 ? inside : [{ type: "text" as const, text: "\n" }, ...inside];
  });
}

const marks: Record<string, Span> = { "**": "bold", "*": "italic", _: "italic", "~~": "strike", "||": "spoiler" };
const isSpace = (character: string | undefined) => character === undefined || /\s/.test(character);
const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character);

/** What is open at this place: the mark that opened it and what it holds so far. The lowest is the stretch itself. */
type Open<Atom> = { mark: string; children: Inline<Atom>[] };

function parseInline<Atom>(text: string, start: number, end: number, atoms: readonly Placed<Atom>[]): Inline<Atom>[] {
  const bottom: Open<Atom> = { mark: "", children: [] };
  const stack = [bottom];
  const top = () => stack.at(-1) ?? bottom;
  const say = (words: string) => addText(top().children, words);
  let nextAtom = firstAtomFrom(atoms, start);
  let at = start;
  while (at < end) {
    const placed = atoms[nextAtom];
    if (placed && placed.start === at && placed.end <= end) {
      top().children.push({ type: "atom", atom: placed.atom, text: text.slice(at, placed.end) });
      at = placed.end;
      nextAtom += 1;
      continue;
    }
    const code = text[at] === "`" ? text.indexOf("`", at + 1) : -1;
    if (code > at + 1 && code < end && !(placed && placed.start < code)) {
      top().children.push({ type: "code", text: text.slice(at + 1, code) });
      at = code + 1;
      continue;
    }
    const mark = markAt(text, at, end);
    if (mark === "") {
      const next = Math.min(placed?.start ?? end, nextMark(text, at + 1, end), end);
      say(text.slice(at, next));
      at = next;
      continue;
    }
    const before = at > start ? text[at - 1] : undefined;
    const after = at + mark.length < end ? text[at + mark.length] : undefined;
    const depth = stack.findLastIndex((open) => open.mark === mark);
    if (depth > 0 && !isSpace(before) && !(mark === "_" && isWord(after)) && !isEmpty(stack, depth))
      close(stack, depth);
    else if (depth < 0 && !isSpace(after) && !(mark === "_" && (isWord(before) || after === "_")))
      stack.push({ mark, children: [] });
    else say(mark);
    at += mark.length;
  }
  while (stack.length > 1) flatten(stack);
  return bottom.children;
}

function firstAtomFrom<Atom>(atoms: readonly Placed<Atom>[], start: number): number {
  const at = atoms.findIndex((placed) => placed.start >= start);
  return at < 0 ? atoms.length : at;
}

function markAt(text: string, at: number, end: number): string {
  const two = at + 2 <= end ? text.slice(at, at + 2) : "";
  if (Object.hasOwn(marks, two)) return two;
  const one = text[at] ?? "";
  return Object.hasOwn(marks, one) ? one : "";
}

const anyMark = /[*_~|`]/g;
function nextMark(text: string, from: number, end: number): number {
  anyMark.lastIndex = from;
  return anyMark.exec(text)?.index ?? end;
}

/** "****" is four stars, not nothing in bold. */
function isEmpty<Atom>(stack: readonly Open<Atom>[], depth: number): boolean {
  return depth === stack.length - 1 && stack[depth]?.children.length === 0;
}

/** What was opened above `depth` and never closed is text. */
function close<Atom>(stack: Open<Atom>[], depth: number): void {
  while (stack.length - 1 > depth) flatten(stack);
  const open = stack.pop();
  const type = open && marks[open.mark];
  if (open && type) stack.at(-1)?.children.push({ type, children: open.children });
}

function flatten<Atom>(stack: Open<Atom>[]): void {
  const open = stack.pop();
  const below = stack.at(-1);
  if (!open || !below) return;
  addText(below.children, open.mark);
  for (const child of open.children) {
    if (child.type === "text") addText(below.children, child.text);
    else below.children.push(child);
  }
}

function addText<Atom>(children: Inline<Atom>[], text: string): void {
  const last = children.at(-1);
  if (last?.type === "text") last.text += text;
  else if (text !== "") children.push({ type: "text", text });
}

const hidden = "▒▒▒";

function plainInline<Atom>(children: readonly Inline<Atom>[]): string {
  return children
    .map((child) => {
      if ("children" in child) return child.type === "spoiler" ? hidden : plainInline(child.children);
      return child.text;
    })
    .join("");
}

/** The text without its marks, on one line or more: what a list or a notification shows. Spoilers stay hidden. */
export function plainOf<Atom>(blocks: readonly Block<Atom>[]): string {
  return blocks.map((block) => (block.type === "fence" ? block.text : plainInline(block.children))).join("\n");
}
