import * as z from "zod/mini";
import { graphemeEdges } from "#contracts/graphemes.ts";
import { fold } from "#contracts/search/fold.ts";
import { placesOf, type Term } from "#contracts/search/terms.ts";
import { count } from "#contracts/text.ts";

/** A piece of what a message says, in one line, and the stretches of it that were looked for, in UTF-16 units, in order. */
export const excerpt = z.object({ text: z.string(), found: z.array(z.object({ start: count, end: count })) });
export type Excerpt = z.infer<typeof excerpt>;

/** Units of context before the first place, and in all. */
const before = 30;
const longest = 160;
/** Units after which a pile of accents is cut like any other text. */
const mostSteps = 32;
/** Places of one term that are looked for: an excerpt shows no more. */
const mostPlaces = 20;

type Range = { start: number; end: number };

function rangesOf(text: string, terms: readonly Term[]): Range[] {
  const folded = fold(text);
  const ranges = terms.flatMap((term) =>
    placesOf(folded.text, term, mostPlaces).map((at) => ({
      start: folded.starts[at] ?? 0,
      end: folded.ends[at + term.length - 1] ?? text.length,
    })),
  );
  ranges.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Range[] = [];
  for (const range of ranges) {
    const last = apart.at(-1);
    if (last && range.start < last.end) last.end = Math.max(last.end, range.end);
    else apart.push({ ...range });
  }
  return apart;
}

/** The part of a text around the first place at which one of the terms stands; its beginning when none does. */
export function excerptOf(text: string, terms: readonly Term[]): Excerpt {
  const ranges = rangesOf(text, terms);
  const isEdge = graphemeEdges(text);
  const edgeFrom = (at: number) => {
    let edge = Math.max(0, Math.min(text.length, at));
    for (let step = 0; step < mostSteps && !isEdge(edge); step += 1) edge += 1;
    return edge;
  };
  const first = ranges[0]?.start ?? 0;
  const start = first <= before ? 0 : edgeFrom(first - before);
  const end = edgeFrom(start + longest);
  const head = start > 0 ? "…" : "";
  const line = `${head}${text.slice(start, end).replace(/\s/g, " ")}${end < text.length ? "…" : ""}`;
  const found = ranges
    .filter((range) => range.start < end)
    .map((range) => ({
      start: range.start - start + head.length,
      end: Math.min(range.end, end) - start + head.length,
    }));
  return { text: line, found };
}
