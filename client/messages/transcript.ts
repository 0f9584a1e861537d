/** One message as it is copied. */
export type TranscriptLine = { name: string; at: string; text: string };

/** Messages as text: who and when on a line, what below it, a blank line between two of them. */
export const transcriptOf = (lines: readonly TranscriptLine[]): string =>
  lines.map(({ name, at, text }) => `${name}, ${at}\n${text}`).join("\n\n");
