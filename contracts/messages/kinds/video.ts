import * as z from "zod/mini";
import { type FileRef, fileRef, film, picture } from "#contracts/media.ts";
import { caption, captionWords } from "#contracts/messages/parts.ts";

/** The poster is a frame that the sender's browser drew; without one the player shows its first frame. */
export const video = {
  draft: z.object({ kind: z.literal("video"), video: fileRef, poster: z.nullable(fileRef), caption }),
  schema: z.object({ kind: z.literal("video"), video: film, poster: z.nullable(picture), caption }),
  label: "Video",
  preview: (content: { caption: string }) => content.caption,
  words: captionWords,
  files: ({ video, poster }: { video: FileRef; poster: FileRef | null }) =>
    poster ? [video.fileId, poster.fileId] : [video.fileId],
};
