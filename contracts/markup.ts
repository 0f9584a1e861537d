import { splitBlocks } from "#contracts/markup/blocks.ts";
import { parseInline } from "#contracts/markup/inline.ts";

/**
 * How a text is set, read from the text itself: **bold**, *italic* or _italic_, ~~strike~~, ||spoiler||, `code`, fences
 * of three backticks, lines that begin with "> ", and addresses. One scanner reads all of it: code first, then
 * addresses, then emphasis. A mark that is not closed, or closes nothing, is text like any other, so nothing that was
 * written is lost. Pure, and linear in the length of the text. `docs/text.md` has the rules, decision 0012 the reasons.
 */
export type Span = "bold" | "italic" | "strike" | "spoiler";
export type Inline<Atom> =
  | { type: "text"; text: string }
  | { type: Span; children: Inline<Atom>[] }
  | { type: "code"; text: string }
  /** `url` is absolute: http, https or mailto. `text` is how it was written. */
  | { type: "link"; url: string; text: string }
  | { type: "atom"; atom: Atom; text: string };
export type Block<Atom> =
  | { type: "lines"; children: Inline<Atom>[] }
  | { type: "quote"; children: Inline<Atom>[] }
  | { type: "fence"; language: string; text: string };

/**
 * A stretch that is one thing already (a person's name): nothing inside it is syntax. In order; what overlaps is text.
 */
export type Placed<Atom> = { start: number; end: number; atom: Atom };

export type ParseOptions<Atom> = {
  atoms?: readonly Placed<Atom>[];
  /**
   * The text goes on behind its end, so a fence or a spoiler that is open there may be closed later: it counts as
   * closed.
   */
  cut?: boolean;
};

export function parseMarkup<Atom = never>(text: string, options: ParseOptions<Atom> = {}): Block<Atom>[] {
  const { cut = false } = options;
  const atoms = apart(options.atoms ?? [], text.length);
  // Atoms and stretches both stand in order, so one pointer walks through the atoms once.
  let nextAtom = 0;
  const inline = (start: number, end: number): Inline<Atom>[] => {
    while ((atoms[nextAtom]?.start ?? end) < start) nextAtom += 1;
    return parseInline(text, start, end, { atoms, nextAtom, cut: cut && end === text.length });
  };
  return splitBlocks(text, cut).map((block): Block<Atom> => {
    if (block.type === "fence") return block;
    if (block.type === "lines") return { type: "lines", children: inline(block.start, block.end) };
    // Each quoted line by itself: nothing spans the marks at their beginnings.
    const lines = block.lines.map(({ start, end }) => inline(start, end));
    const newline: Inline<Atom> = { type: "text", text: "\n" };
    return { type: "quote", children: lines.flatMap((line, at) => (at === 0 ? line : [newline, ...line])) };
  });
}

const marks = /[*_~|`\\>\n\r]/;

/** False when no character of the text could set anything: then `plainOf` says the text itself. */
export const mayBeMarkup = (text: string): boolean => marks.test(text);

function apart<Atom>(atoms: readonly Placed<Atom>[], length: number): Placed<Atom>[] {
  let done = 0;
  return atoms.filter(({ start, end }) => {
    if (start < done || end <= start || end > length) return false;
    done = end;
    return true;
  });
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

/** The web addresses that a text shows to its readers, in order: not those in code, nor those under a spoiler. */
export function addressesOf<Atom>(blocks: readonly Block<Atom>[]): string[] {
  const inside = (child: Inline<Atom>): string[] => {
    if ("children" in child) return child.type === "spoiler" ? [] : child.children.flatMap(inside);
    return child.type === "link" && !child.url.startsWith("mailto:") ? [child.url] : [];
  };
  return blocks.flatMap((block) => (block.type === "fence" ? [] : block.children.flatMap(inside)));
}
