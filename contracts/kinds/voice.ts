import * as z from "zod/mini";
import { fileRef, peaks, recording } from "#contracts/media.ts";

export const voice = {
  draft: z.object({ kind: z.literal("voice"), voice: fileRef, peaks }),
  schema: z.object({ kind: z.literal("voice"), voice: recording, peaks }),
  preview: (content: { voice: { durationMs: number } }) => `[Voice] ${Math.ceil(content.voice.durationMs / 1000)}″`,
};
