import sharp, { type Sharp } from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { limits } from "#contracts/limits.ts";
import { FileRejected } from "#jobs/media/rejected.ts";
import type { MediaMetadata } from "#server/media/store.ts";

type Variants = { original: Buffer; display: Buffer; thumb: Buffer };
export type Picture = { type: string; metadata: MediaMetadata; variants: Variants };

const { original: largest, display, thumb } = limits.pictureSides;
/** Seconds for one step: a hostile file must not hold a place for ever. */
const patience = { seconds: 30 };
/** What is looked at for a moment and thrown away. */
const stillTypes = new Map([
  ["image/jpeg", "jpeg"],
  ["image/png", "png"],
  ["image/webp", "webp"],
  ["image/gif", "gif"],
  ["image/avif", "heif"],
  ["image/apng", "png"],
]);

// The process is there for more than one picture, and the cache is of no use: no file is opened twice.
sharp.cache(false);
sharp.concurrency(1);

/**
 * All pixels that decoding it will make, as its header says; 0 for what cannot be read, which is refused soon enough.
 */
export async function countPixels(path: string): Promise<number> {
  const read = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  return read === null ? 0 : (read.width ?? 0) * (read.pageHeight ?? read.height ?? 0) * (read.pages ?? 1);
}

/**
 * Makes a picture anew from its pixels: upright, sRGB, without whatever else was in the file (places, names, colour
 * profiles, other files behind the picture). `type` is what its first bytes say. Throws FileRejected.
 */
export async function makePicture(path: string, type: string): Promise<Picture> {
  if (/^image\/hei[cf]/.test(type)) throw new FileRejected("heic_unsupported");
  const format = stillTypes.get(type);
  if (!format) throw new FileRejected("unsupported_file_type");
  try {
    const read = await sharp(path, { limitInputPixels: false }).metadata();
    const { width = 0, height = 0, pages = 1, pageHeight = height } = read;
    if (read.format !== format || width < 1 || height < 1) throw new FileRejected("file_corrupt");
    const animated = pages > 1;
    const { still, animated: moving } = limits.picturePixels;
    if (width * pageHeight > still || (animated && width * pageHeight * pages > moving)) {
      throw new FileRejected("picture_too_large");
    }
    return await (animated ? makeMoving(path, moving) : makeStill(path, format, still));
  } catch (error) {
    // A decoder's error means a damaged file; running out of memory is our own failure.
    if (error instanceof FileRejected || isOurFault(error)) throw error;
    throw new FileRejected("file_corrupt", error);
  }
}

const isOurFault = (error: unknown) =>
  error instanceof Error && /ENOSPC|ENOENT|ENOMEM|EMFILE|out of memory/i.test(error.message);

/** `autoOrient` before anything else: what EXIF says of the orientation is dropped with it. */
const open = (path: string, pixels: number, pages: number): Sharp =>
  sharp(path, { limitInputPixels: pixels, failOn: "error", pages }).autoOrient().toColourspace("srgb");
const within = (side: number) => ({ width: side, height: side, fit: "inside" as const, withoutEnlargement: true });

/**
 * A drawing of our own, as a picture. Never for what strangers send: the reader of SVG is the one part that is not
 * asked.
 */
export async function drawPicture(drawing: Buffer, side: number): Promise<Picture> {
  const { data: original, info } = await sharp(drawing, { density: 144 })
    .resize({ width: side, height: side, fit: "inside" })
    .webp({ quality: 88, effort: 5 })
    .timeout(patience)
    .toBuffer({ resolveWithObject: true });
  const metadata = { ...(await metadataOf(original)), width: info.width, height: info.height, animated: false };
  return { type: "image/webp", metadata, variants: { original, display: original, thumb: original } };
}

async function makeStill(path: string, format: string, pixels: number): Promise<Picture> {
  const whole = open(path, pixels, 1).resize(within(largest)).timeout(patience);
  const type = format === "jpeg" ? "image/jpeg" : format === "png" ? "image/png" : "image/webp";
  const { data: original, info } = await (format === "jpeg"
    ? whole.jpeg({ quality: 90, mozjpeg: false })
    : format === "png"
      ? whole.png()
      : whole.webp({ quality: 90 })
  ).toBuffer({ resolveWithObject: true });
  const [shown, small] = await Promise.all([
    sharp(original).resize(within(display)).webp({ quality: 82 }).timeout(patience).toBuffer(),
    sharp(original).resize(within(thumb)).webp({ quality: 76 }).timeout(patience).toBuffer(),
  ]);
  return {
    type,
    metadata: { ...(await metadataOf(small)), width: info.width, height: info.height, animated: false },
    variants: { original, display: shown, thumb: small },
  };
}

async function makeMoving(path: string, pixels: number): Promise<Picture> {
  const side = 1_024;
  const { data: original, info } = await open(path, pixels, -1)
    .resize(within(side))
    .webp({ quality: 80, effort: 3 })
    .timeout(patience)
    .toBuffer({ resolveWithObject: true });
  const small = await sharp(original, { pages: 1 })
    .resize(within(thumb))
    .webp({ quality: 76 })
    .timeout(patience)
    .toBuffer();
  return {
    type: "image/webp",
    metadata: {
      ...(await metadataOf(small)),
      width: info.width,
      height: info.pageHeight ?? info.height,
      animated: true,
    },
    variants: { original, display: original, thumb: small },
  };
}

async function metadataOf(small: Buffer): Promise<MediaMetadata> {
  const { data, info } = await sharp(small)
    .resize(within(64))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const thumbhash = Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64");
  return { thumbhash, variants: ["display", "thumb"] };
}
