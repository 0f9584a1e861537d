/** Code between runs of equally many backticks, so that code may hold fewer or more of them. */
export class CodeSpans {
  private readonly text: string;
  private readonly start: number;
  private readonly end: number;
  /** Where runs of each length begin, in order, and how many of them are behind us. */
  private runs: Map<number, { starts: number[]; passed: number }> | null = null;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.start = start;
    this.end = end;
  }

  /** Where the run of backticks at `at` ends. */
  runEnd(at: number): number {
    let end = at;
    while (end < this.end && this.text[end] === "`") end += 1;
    return end;
  }

  /** Where the run begins that closes the one from `at` to `runEnd`; null without one. Asked from left to right. */
  closing(at: number, runEnd: number): number | null {
    this.runs ??= this.findRuns();
    const length = runEnd - at;
    const same = this.runs.get(length);
    if (!same) return null;
    while ((same.starts[same.passed] ?? this.end) < runEnd) same.passed += 1;
    const closing = same.starts[same.passed] ?? null;
    // One backtick is also half a face; a code of several lines has three, or a fence.
    const spansLines = closing !== null && length < 3 && this.text.slice(runEnd, closing).includes("\n");
    return spansLines ? null : closing;
  }

  private findRuns() {
    const runs = new Map<number, { starts: number[]; passed: number }>();
    for (let at = this.text.indexOf("`", this.start); at >= 0 && at < this.end; at = this.text.indexOf("`", at)) {
      const end = this.runEnd(at);
      const same = runs.get(end - at) ?? { starts: [], passed: 0 };
      same.starts.push(at);
      runs.set(end - at, same);
      at = end;
    }
    return runs;
  }
}

/** A space on both sides lets code begin or end with a backtick; it is not part of the code. */
export function codeOf(between: string): string {
  const padded = between.length > 2 && between.startsWith(" ") && between.endsWith(" ") && between.trim() !== "";
  return padded ? between.slice(1, -1) : between;
}
