import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { type FileRef, fileRef, storedFile } from "#contracts/media.ts";
import { caption, captionWords } from "#contracts/messages/parts.ts";
import { nameLine } from "#contracts/text.ts";

/** Any bytes under a name; only ever downloaded, never shown. */
export const file = {
  draft: z.object({ kind: z.literal("file"), file: fileRef, caption }),
  schema: z.object({ kind: z.literal("file"), file: storedFile, name: nameLine(limits.fileName.max), caption }),
  label: "File",
  preview: (content: { name: string }) => content.name,
  searched: (content: { name: string; caption: string }) => `${content.name}\n${content.caption}`,
  words: captionWords,
  files: ({ file }: { file: FileRef }) => [file.fileId],
};
