import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { count, id, positive } from "#contracts/text.ts";

/**
 * A file as messages point to it. Whoever sends names only `fileId`; everything else is what the server found in the
 * bytes themselves, so it can be trusted and never changes.
 */
export const fileRef = z.object({ fileId: id });
export type FileRef = z.infer<typeof fileRef>;

/** `type` is the sniffed media type, `bytes` the size of what is served. */
export const storedFile = z.object({ fileId: id, type: z.string(), bytes: count });
export type StoredFile = z.infer<typeof storedFile>;

/** Pixels as shown, orientation applied. `thumbhash` is base64; about 28 bytes that stand for the picture until it is there. */
export const picture = z.extend(storedFile, {
  width: positive,
  height: positive,
  thumbhash: z.string().check(z.maxLength(64)),
  animated: z.boolean(),
});
export type Picture = z.infer<typeof picture>;

/** Milliseconds, as the container says. */
export const recording = z.extend(storedFile, { durationMs: positive });
export type Recording = z.infer<typeof recording>;
export const film = z.extend(recording, { width: positive, height: positive });
export type Film = z.infer<typeof film>;

/** What is served of a picture; everything else has only its `original`. */
export const variants = ["original", "display", "thumb"] as const;
export type Variant = (typeof variants)[number];

/** Loudness of a recording from 0 to 100, evenly spaced: what the bars on screen are drawn from. */
export const peaks = z
  .array(z.int().check(z.minimum(0), z.maximum(100)))
  .check(z.minLength(1), z.maxLength(limits.voicePeaks));
