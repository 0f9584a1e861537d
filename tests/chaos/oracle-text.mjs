/** Marks in texts, and digests of what messages say. */
import { createHash } from "node:crypto";

const canaryPattern = /kanari-[0-9a-f]{32}/g;
const watermarkPattern = /watermark-[0-9a-f]{32}/g;

/** Of conversations. */
export const canariesIn = (text) => text.match(canaryPattern) ?? [];
/** Of single messages. */
export const watermarksIn = (text) => text.match(watermarkPattern) ?? [];

/** Sixteen hexadecimal digits over everything that a message says. */
export function digestOf(seq, sender, client, said) {
  return createHash("sha1")
    .update(JSON.stringify([seq, sender, client, said]))
    .digest("hex")
    .slice(0, 16);
}

/** Of words alone, to find an edit again. */
export const digestOfWords = (text) => createHash("sha1").update(text).digest("hex").slice(0, 16);

/** What a message on the wire says. */
export function saidBy({ kind, text, notice, personId }) {
  if (kind === "text") return text;
  return kind === "recalled" ? "recalled:" : `notice:${notice}:${personId ?? ""}`;
}

/** The reactions of a message on the wire, to be compared. */
export const reactionsBy = (reactions) =>
  JSON.stringify((reactions ?? []).map(({ emoji, count, personIds }) => [emoji, count, personIds]));
