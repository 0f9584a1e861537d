import type { Span } from "#contracts/markup.ts";

export const spans: Readonly<Record<string, Span>> = {
  "**": "bold",
  "*": "italic",
  _: "italic",
  "~~": "strike",
  "||": "spoiler",
};

/** A run of one mark in the text, and what became of it: spans that end here, or begin here, the innermost first. */
export type Run = { type: "run"; text: string; opens: string[]; closes: string[] };

export const runOf = (text: string): Run => ({ type: "run", text, opens: [], closes: [] });

type Opening = { mark: string; run: Run; order: number; before: Opening | undefined };

const none: readonly string[] = [];
const marksByRun = new Map<string, readonly string[]>([
  ["***", ["*", "**"]],
  ...Object.keys(spans).map((mark): [string, string[]] => [mark, [mark]]),
]);

/** The marks that a run can be: three stars are italic and bold; longer runs are lines that people draw. */
export const marksOf = (run: string): readonly string[] => marksByRun.get(run) ?? none;

/**
 * What is open at this place of a stretch. A mark closes the nearest opening of its kind, and what was opened in between
 * and never closed stays text. Every opening is entered once and removed once, whatever the text.
 */
export class Openings {
  private stack: Opening[] = [];
  private readonly nearest = new Map<string, Opening | undefined>();
  private order = 0;

  open(run: Run): void {
    for (const mark of marksOf(run.text)) this.push({ mark, run, order: 0, before: undefined });
  }

  has(mark: string): boolean {
    return this.nearest.get(mark) !== undefined;
  }

  /** Closes what this run closes; false when nothing was open that it could. */
  close(run: Run): boolean {
    let marks = marksOf(run.text);
    for (;;) {
      const opening = this.nearestOf(marks);
      if (!opening) return run.closes.length > 0;
      this.remove(opening);
      opening.run.opens.push(opening.mark);
      run.closes.push(opening.mark);
      marks = marks.length === 1 ? none : marks.filter((mark) => mark !== opening.mark);
    }
  }

  /** Nothing reaches over a blank line. */
  clear(): void {
    this.stack = [];
    this.nearest.clear();
  }

  private push(opening: Opening): void {
    this.order += 1;
    opening.order = this.order;
    opening.before = this.nearest.get(opening.mark);
    this.nearest.set(opening.mark, opening);
    this.stack.push(opening);
  }

  private nearestOf(marks: readonly string[]): Opening | undefined {
    let nearest: Opening | undefined;
    for (const mark of marks) {
      const opening = this.nearest.get(mark);
      if (opening && opening.order > (nearest?.order ?? 0)) nearest = opening;
    }
    return nearest;
  }

  private remove(closed: Opening): void {
    let twin: Opening | undefined;
    for (let top = this.stack.pop(); top; top = this.stack.pop()) {
      this.nearest.set(top.mark, top.before);
      if (top === closed) break;
      // The other half of "***" was opened at the same place and is still open around this one.
      if (top.run === closed.run) twin = top;
    }
    if (twin) this.push(twin);
  }
}
