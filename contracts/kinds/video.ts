import * as z from "zod/mini";
import { caption } from "#contracts/kinds/parts.ts";
import { fileRef, film, picture } from "#contracts/media.ts";

/** The poster is a frame that the sender's browser drew; without one the player shows its first frame. */
export const video = {
  draft: z.object({ kind: z.literal("video"), video: fileRef, poster: z.nullable(fileRef), caption }),
  schema: z.object({ kind: z.literal("video"), video: film, poster: z.nullable(picture), caption }),
  preview: (content: { caption: string }) => `[Video] ${content.caption}`,
};
