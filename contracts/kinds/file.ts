import * as z from "zod/mini";
import { caption } from "#contracts/kinds/parts.ts";
import { limits } from "#contracts/limits.ts";
import { fileRef, storedFile } from "#contracts/media.ts";
import { nameLine } from "#contracts/text.ts";

/** Any bytes under a name; only ever downloaded, never shown. */
export const file = {
  draft: z.object({ kind: z.literal("file"), file: fileRef, caption }),
  schema: z.object({ kind: z.literal("file"), file: storedFile, name: nameLine(limits.fileName.max), caption }),
  preview: (content: { name: string }) => `[File] ${content.name}`,
};
