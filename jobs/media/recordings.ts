import { ADTS, FilePathSource, FLAC, Input, MATROSKA, MP3, MP4, OGG, QTFF, WAVE, WEBM } from "mediabunny";
import { limits } from "#contracts/limits.ts";
import { FileRefused } from "#jobs/media/refused.ts";
import type { Facts } from "#server/media/store.ts";

/** Files that hold what they play. A playlist names other files and addresses, which nobody here may open for it. */
const formats = [MP4, QTFF, MATROSKA, WEBM, OGG, MP3, WAVE, FLAC, ADTS];

/** The clocks of a browser and of a container differ by a frame or two. */
const tolerance = 1_500;

/**
 * What a container holds: how long, how large. Read from its tables and packets, whatever its header claims, because
 * browsers that record do not write a length. Throws FileRefused for what is no film, or no voice.
 */
export async function lookIntoRecording(path: string, family: "video" | "voice"): Promise<Facts> {
  const input = new Input({ source: new FilePathSource(path), formats });
  try {
    const [video, audio] = await Promise.all([input.getPrimaryVideoTrack(), input.getPrimaryAudioTrack()]);
    if (!video && !audio) throw new FileRefused("file_broken");
    if (family === "voice" ? video || !audio : !video) throw new FileRefused("file_type_refused");
    // ALAC and the like: no browser plays them, and we do not make them anew.
    if (audio && audio.codec === null) throw new FileRefused("file_type_refused");
    const durationMs = Math.round((await input.computeDuration()) * 1_000);
    if (!(durationMs > 0)) throw new FileRefused("file_broken");
    if (family === "voice" && durationMs > limits.voiceSeconds.max * 1_000 + tolerance) {
      throw new FileRefused("voice_too_long");
    }
    if (!video) return { durationMs };
    const [width, height] = [video.displayWidth, video.displayHeight];
    if (!(width > 0 && height > 0)) throw new FileRefused("file_broken");
    return { durationMs, width, height };
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused("file_broken", error);
  } finally {
    input.dispose();
  }
}
