import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { reasons } from "#contracts/refusals.ts";
import { count, id, nameLine, positive, time } from "#contracts/text.ts";

/**
 * A file as messages reference it. The sender gives only `fileId`; everything else is what the server found in the
 * bytes themselves, so it can be trusted and never changes.
 */
export const fileRef = z.object({ fileId: id });
export type FileRef = z.infer<typeof fileRef>;

/** `type` is the sniffed media type, `bytes` the size of what is served. */
export const storedFile = z.object({ fileId: id, type: z.string(), bytes: count });
export type StoredFile = z.infer<typeof storedFile>;

/**
 * Pixels as shown, orientation applied. `thumbhash` is base64; about 28 bytes that stand for the picture until it is
 * there.
 */
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

/** What a file is meant as: it decides what is accepted, how large, and what becomes of it. */
const purposes = ["image", "video", "voice", "file", "avatar", "icon", "sticker"] as const;
export type Purpose = (typeof purposes)[number];

/** Lower-case hexadecimal. */
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

export const beginInput = z.object({
  /** Of the device's choice, the same when it asks again; `fileIdOf` makes the file's id of it and of the owner's. */
  clientId: id,
  name: nameLine(limits.fileName.max),
  /** Of the whole file. */
  bytes: count,
  sha256,
  purpose: z.enum(purposes),
});
/**
 * The id by which everything else names the file, and what is still to be sent: each missing part, from 1, is PUT to its
 * `url`; all have `partBytes` but the last. Nothing when the server has these bytes already.
 */
export const beginOutput = z.object({
  fileId: id,
  state: z.enum(["uploading", "processing", "ready"]),
  partBytes: positive,
  parts: z.array(z.object({ n: positive, url: z.string() })),
});
export type UploadPlan = z.infer<typeof beginOutput>;

/** The ETag that came back with each part that was sent now; parts that the server knows need not be named. */
export const completeInput = z.object({
  fileId: id,
  parts: z.array(z.object({ n: positive, etag: z.string().check(z.maxLength(200)) })).check(z.maxLength(10_000)),
});

const fileState = z.enum(["uploading", "processing", "ready", "refused"]);
export const fileStatus = z.object({ fileId: id, state: fileState, reason: z.nullable(z.enum(reasons)) });
export type FileStatus = z.infer<typeof fileStatus>;
export const statusInput = z.object({ fileIds: z.array(id).check(z.minLength(1), z.maxLength(100)) });
/** Files that are not mine are left out. */
export const statusOutput = z.object({ files: z.array(fileStatus) });

export const fileInput = z.object({ fileId: id });
export const addressInput = z.object({ fileId: id, variant: z.enum(variants), download: z.optional(z.boolean()) });
export const addressOutput = z.object({ url: z.string(), expiresAt: time });
/** In bytes. */
export const usageOutput = z.object({ used: count, quota: count });
