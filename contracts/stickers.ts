import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { picture } from "#contracts/media.ts";
import { id, isClean, nameLine, optionalLine } from "#contracts/text.ts";

const { stickers } = limits;
const malformed = { error: "invalid_pack" };

/**
 * Two names that say the same file: systems differ in how they keep accents, and many in nothing but the case of
 * letters.
 */
export const sameAsset = (name: string): string => name.normalize("NFC").toLowerCase();

/** Without separators of any system, tabs, newlines, and the marks that turn the direction of a line around. */
const pictureFile = /^(?!\.)[^/\\:\t\n\u202a-\u202e\u2066-\u2069]+\.(png|jpe?g|gif|webp)$/i;
const drawingFile = /^[a-z]+\.svg$/;

/** A file of the pack's own folder: no path leads out of it, because no path leads anywhere. */
const isPlainName = (name: string) =>
  pictureFile.test(name) && !name.includes("..") && isClean(name) && name.length <= stickers.fileName;

const plainName = z.string(malformed).check(z.refine(isPlainName, malformed));
const drawingName = z.string().check(z.regex(drawingFile));

const areDifferent = (names: string[]) => new Set(names.map(sameAsset)).size === names.length;

/** The `info.json` of a pack in the format of doutu: nothing but these four, and nothing of them missing. */
const infoOf = <Name extends typeof plainName>(name: Name) =>
  z.strictObject(
    {
      id: z
        .string(malformed)
        .check(z.regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u, malformed), z.maxLength(stickers.packId, malformed)),
      size: z.enum(["small", "middle", "large"], malformed),
      icon: name,
      assets: z
        .array(name, malformed)
        .check(z.minLength(1, malformed), z.maxLength(stickers.assets, malformed), z.refine(areDifferent, malformed)),
    },
    malformed,
  );

/** The sizes of doutu, and what they are called here. */
export const sizeOfPack = { small: "small", middle: "medium", large: "large" } as const;

/** What people bring. `icon` may be one of the assets or a picture of its own. */
export const packInfo = infoOf(plainName);
export type PackInfo = z.infer<typeof packInfo>;
/** Packs that come with the product are drawn: SVG that only this product's own machine ever reads. */
export const builtinPackInfo = infoOf(drawingName);

/** `key` says which of ours it is, so that it is called by its name in every language; null in the packs of people. */
const sticker = z.object({ id, packId: id, key: z.nullable(z.string()), label: z.string(), picture });
export type Sticker = z.infer<typeof sticker>;

export const stickerPack = z.object({
  id,
  /** Set for built-in packs; null for a pack that a person made. */
  key: z.nullable(z.string()),
  name: z.string(),
  size: z.enum(["small", "medium", "large"]),
  icon: picture,
  /** In my panel because I took it; ours are there without. */
  installed: z.boolean(),
  mine: z.boolean(),
  stickers: z.array(sticker),
});
export type StickerPack = z.infer<typeof stickerPack>;

/** `favourites`: the latest first. */
export const stickerList = z.object({ packs: z.array(stickerPack), favourites: z.array(sticker) });
export type StickerList = z.infer<typeof stickerList>;

export const packInput = z.object({ packId: id });
export const stickerInput = z.object({ stickerId: id });

/**
 * `packId` is of the device's choice, so that a retry makes no second pack. `files`: each file that `info` names, with
 * the id under which it was uploaded. `labels` says what stickers show; a sticker without one is called by its file's
 * name.
 */
export const packAddInput = z.object({
  packId: id,
  info: packInfo,
  name: nameLine(stickers.packName),
  files: z.record(plainName, id),
  labels: z.optional(z.record(plainName, optionalLine(stickers.label))),
});
export type PackAddInput = z.infer<typeof packAddInput>;
