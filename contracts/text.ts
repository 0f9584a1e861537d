import * as z from "zod/mini";
import { dropInvisible, isBlank } from "#contracts/invisible.ts";

/** Control characters other than tab and newline, DEL, C1, and halves of surrogate pairs. */
const unclean = /[^\P{Cc}\t\n]|\p{Surrogate}/u;
/** Embeddings, overrides and isolates: they let a name rewrite the line around it. */
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g;

/** Length as people count it here: code points, so that an emoji outside the BMP is one. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

export function isClean(text: string): boolean {
  return !unclean.test(text);
}

const clean = z.refine<string>(isClean, { error: "invalid_characters", abort: true });
const filled = z.refine<string>((text) => !isBlank(text), { error: "text_empty", abort: true });
const short = (max: number) =>
  z.refine<string>((text) => countCodePoints(text) <= max, { error: "text_too_long", params: { max } });

const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const controls = /[^\P{Cc}\t\n]/gu;

/**
 * Text as every system writes it: each way to end a line is a newline, and control characters, which are invisible and
 * pasting brings along, are gone. Halves of surrogate pairs stay, and are refused.
 */
export const plainText = (text: string): string => text.replace(lineEnds, "\n").replace(controls, "");

/** Text that is kept as sent, but for line ends and control characters: a message, a note. May hold newlines. */
export const bodyText = (max: number) =>
  z.pipe(z.pipe(z.string(), z.transform(plainText)), z.string().check(clean, filled, short(max)));

/** The same for a text that is still being written: it may be empty, or blank. */
export const fieldText = (max: number) =>
  z.pipe(z.pipe(z.string(), z.transform(plainText)), z.string().check(clean, short(max)));

/** Everything that begins a new line somewhere: tab, LF, VT, FF, CR, NEL, and the two separators. */
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/;

/**
 * One line that others see beside other lines: what cannot be seen goes, spaces at the ends go, line breaks become
 * spaces.
 */
const oneLine = z.transform((text: string) =>
  dropInvisible(text)
    .split(lineBreaks)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(" "),
);
const line = z.pipe(z.pipe(z.string(), oneLine), z.string().check(clean));

export const nameLine = (max: number) => z.pipe(line, z.string().check(filled, short(max)));

export const optionalLine = (max: number) => z.pipe(line, z.string().check(short(max)));

/**
 * A message as it is sent: blank lines around it are slips of the Enter key; spaces inside the first line may be meant.
 */
export function trimMessage(text: string): string {
  const words = text.trimEnd();
  return words.slice(words.lastIndexOf("\n", words.search(/\S/)) + 1);
}

/** Several lines, may be empty: a community's description. */
export const optionalText = (max: number) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text: string) => plainText(text).replace(bidiControls, "").trim()),
    ),
    z.string().check(clean, short(max)),
  );

/** ISO 8601 with milliseconds, UTC. */
export const time = z.iso.datetime();
/** A UUID of any version, in lower case, as Postgres writes it: ids are compared, and used as keys, as text. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
export const id = z.uuid({ error: "invalid_id" }).check(z.toLowerCase());
export const count = z.int().check(z.nonnegative());
/** A `seq` or `rev` in a request, 0 for the beginning: at most what an `int4` holds. */
export const sequenceNumber = z.int().check(z.nonnegative(), z.maximum(2_147_483_647));
export const positive = z.int().check(z.positive(), z.maximum(2_147_483_647));
