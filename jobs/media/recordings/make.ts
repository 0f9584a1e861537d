import { stat } from "node:fs/promises";
import { FilePathSource, Input } from "mediabunny";
import { limits } from "#contracts/limits.ts";
import { copyRecording } from "#jobs/media/recordings/copy.ts";
import { readFormats } from "#jobs/media/recordings/formats.ts";
import { FileRejected } from "#jobs/media/rejected.ts";
import { sniff } from "#jobs/media/sniff.ts";
import type { MediaMetadata } from "#server/media/store.ts";

/** The clocks of a browser, of a container and of its copy differ by a frame or two. */
const toleranceMs = 1_500;

export type RecordingKind = "video" | "voice";
/** What the copy is: its sniffed type, and what is in it. */
export type CopiedRecording = { type: string; metadata: MediaMetadata };

/**
 * Makes a recording anew at `target`, without whatever names a person, a place or a device (copy.ts), and says
 * what the copy is. Throws FileRejected for what is no film, or no voice, and for what cannot be copied whole.
 */
export async function makeRecording(path: string, target: string, mediaKind: RecordingKind): Promise<CopiedRecording> {
  try {
    const { size } = await stat(path);
    const found = await withInput(path, async (input) => {
      const metadata = await probe(input, mediaKind);
      await copyRecording(input, target, size);
      return metadata;
    });
    const metadata = await withInput(target, (input) => probe(input, mediaKind));
    const lost = Math.abs((found.durationMs ?? 0) - (metadata.durationMs ?? 0));
    if (lost > toleranceMs || found.width !== metadata.width || found.height !== metadata.height) {
      throw new FileRejected("file_corrupt", `the copy differs: ${JSON.stringify([found, metadata])}`);
    }
    return { type: (await sniff(target)) ?? "", metadata };
  } catch (error) {
    if (error instanceof FileRejected || isOurFault(error)) throw error;
    throw new FileRejected("file_corrupt", error);
  }
}

/** What the machine says (no room, no such folder) says nothing of the file. */
const isOurFault = (error: unknown) => error instanceof Error && "syscall" in error;

async function withInput<T>(path: string, work: (input: Input) => Promise<T>): Promise<T> {
  const input = new Input({ source: new FilePathSource(path), formats: readFormats });
  try {
    return await work(input);
  } finally {
    input.dispose();
  }
}

/**
 * What a container holds: how long, how large. Read from its tables and packets, whatever its header claims, because
 * browsers that record do not write a length.
 */
async function probe(input: Input, mediaKind: RecordingKind): Promise<MediaMetadata> {
  const [video, audio] = await Promise.all([input.getPrimaryVideoTrack(), input.getPrimaryAudioTrack()]);
  if (!video && !audio) throw new FileRejected("file_corrupt");
  if (mediaKind === "voice" ? video || !audio : !video) throw new FileRejected("unsupported_file_type");
  // ALAC and the like: no browser plays them, and we do not make them anew.
  if (audio && audio.codec === null) throw new FileRejected("unsupported_file_type");
  const played = [video, audio].filter((track) => track !== null);
  const durationMs = Math.round((await input.computeDuration(played)) * 1_000);
  if (!(durationMs > 0)) throw new FileRejected("file_corrupt");
  if (mediaKind === "voice" && durationMs > limits.voiceSeconds.max * 1_000 + toleranceMs) {
    throw new FileRejected("voice_too_long");
  }
  if (!video) return { durationMs };
  const [width, height] = [video.displayWidth, video.displayHeight];
  if (!(width > 0 && height > 0)) throw new FileRejected("file_corrupt");
  return { durationMs, width, height };
}
