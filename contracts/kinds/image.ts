import * as z from "zod/mini";
import { caption } from "#contracts/kinds/parts.ts";
import { limits } from "#contracts/limits.ts";
import { fileRef, picture } from "#contracts/media.ts";

const album = z.maxLength(limits.album);

/** One picture or an album. */
export const image = {
  draft: z.object({ kind: z.literal("image"), pictures: z.array(fileRef).check(z.minLength(1), album), caption }),
  schema: z.object({ kind: z.literal("image"), pictures: z.array(picture).check(z.minLength(1), album), caption }),
  preview: (content: { caption: string; pictures: unknown[] }) =>
    `${content.pictures.length > 1 ? `[${content.pictures.length} photos]` : "[Photo]"} ${content.caption}`,
};
