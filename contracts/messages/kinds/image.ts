import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { type FileRef, fileRef, picture } from "#contracts/media.ts";
import { caption, captionWords } from "#contracts/messages/parts.ts";

const album = z.maxLength(limits.album);

/** One picture or an album. */
export const image = {
  draft: z.object({ kind: z.literal("image"), pictures: z.array(fileRef).check(z.minLength(1), album), caption }),
  schema: z.object({ kind: z.literal("image"), pictures: z.array(picture).check(z.minLength(1), album), caption }),
  label: ({ pictures }: { pictures: unknown[] }) => (pictures.length > 1 ? `${pictures.length} photos` : "Photo"),
  preview: (content: { caption: string }) => content.caption,
  words: captionWords,
  files: ({ pictures }: { pictures: FileRef[] }) => pictures.map(({ fileId }) => fileId),
};
