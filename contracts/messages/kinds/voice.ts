import * as z from "zod/mini";
import { type FileRef, fileRef, peaks, recording } from "#contracts/media.ts";

/** 0:03, as every player writes it. */
function clockOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export const voice = {
  draft: z.object({ kind: z.literal("voice"), voice: fileRef, peaks }),
  schema: z.object({ kind: z.literal("voice"), voice: recording, peaks }),
  label: "Voice",
  preview: (content: { voice: { durationMs: number } }) => clockOf(content.voice.durationMs),
  searched: () => "",
  files: ({ voice }: { voice: FileRef }) => [voice.fileId],
};
