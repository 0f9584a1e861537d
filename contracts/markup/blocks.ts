/** Half-open, in UTF-16 units of the whole text. */
type Stretch = { start: number; end: number };
export type SplitBlock =
  | ({ type: "lines" } & Stretch)
  | { type: "quote"; lines: Stretch[] }
  | { type: "fence"; language: string; text: string };

/** Three backticks or more and a language, alone on a line. */
const opening = /^(`{3,})([\w+#-]{0,20})[^\S\n]*$/;
/** Fences, runs of quoted lines, and runs of other lines. The newline between two blocks belongs to neither. */
export function splitBlocks(text: string, cut: boolean): SplitBlock[] {
  const lines = linesOf(text);
  const fenceEnd = fenceEnds(text, lines, cut);
  const blocks: SplitBlock[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (!line) break;
    const end = fenceEnd(at);
    if (end !== null) {
      blocks.push(fenceOf(text, lines, at, end));
      at = end;
      continue;
    }
    const last = blocks.at(-1);
    if (text.startsWith("> ", line.start)) {
      const inside = { start: line.start + 2, end: line.end };
      if (last?.type === "quote") last.lines.push(inside);
      else blocks.push({ type: "quote", lines: [inside] });
    } else if (last?.type === "lines") last.end = line.end;
    else blocks.push({ type: "lines", ...line });
  }
  // A newline at the very end of a fence or a quote begins no line of its own.
  const [last, before] = [blocks.at(-1), blocks.at(-2)];
  if (last?.type === "lines" && last.start === last.end && before?.type === "fence") blocks.pop();
  return blocks;
}

function linesOf(text: string): Stretch[] {
  const lines: Stretch[] = [];
  for (let start = 0; ; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    lines.push({ start, end });
    if (newline < 0) return lines;
    start = newline + 1;
  }
}

/**
 * Answers for a line, asked in order, where the fence that it opens ends; null when it opens none. A search that found
 * nothing is not repeated for as many backticks or more, so the searches of a text cost no more than a few walks over
 * it.
 */
function fenceEnds(text: string, lines: readonly Stretch[], cut: boolean): (at: number) => number | null {
  let hopeless = Number.POSITIVE_INFINITY;
  return (at) => {
    const ticks = openingOf(text, lines[at])?.[1]?.length ?? 0;
    if (ticks === 0) return null;
    if (ticks < hopeless) {
      for (let next = at + 1; next < lines.length; next += 1) {
        const line = lines[next];
        const { start, end } = line ? ticksAtEnd(text, line) : { start: 0, end: 0 };
        if (end - start >= ticks) return next;
      }
      hopeless = ticks;
    }
    return cut ? lines.length : null;
  };
}

const openingOf = (text: string, line: Stretch | undefined) =>
  line && text.startsWith("```", line.start) ? opening.exec(text.slice(line.start, line.end)) : null;

/** Where a line's backticks stand that end a fence; what stands before them is code still. */
function ticksAtEnd(text: string, { start, end }: Stretch): Stretch {
  let last = end;
  while (last > start && isBlank(text.charCodeAt(last - 1))) last -= 1;
  let first = last;
  while (first > start && text[first - 1] === "`") first -= 1;
  return { start: first, end: last };
}

const isBlank = (unit: number) => unit === 0x20 || unit === 0x09;

function fenceOf(text: string, lines: readonly Stretch[], from: number, to: number): SplitBlock {
  const language = openingOf(text, lines[from])?.[2] ?? "";
  const [first, last] = [lines[from + 1], lines[to]];
  if (!first) return { type: "fence", language, text: "" };
  const end = last ? ticksAtEnd(text, last).start : text.length;
  // The newline before the closing line is not the code's.
  return {
    type: "fence",
    language,
    text: text.slice(first.start, end > first.start && last?.start === end ? end - 1 : end),
  };
}
