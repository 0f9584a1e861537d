import type { Film, Picture } from "#contracts/media.ts";

/** Waits for one of two events of a media element. */
function settled(element: HTMLMediaElement, done: string): Promise<void> {
  return new Promise((resolve, reject) => {
    element.addEventListener(done, () => resolve(), { once: true });
    element.addEventListener("error", () => reject(new Error("the browser cannot read this file")), { once: true });
  });
}

/** Longest side of the image that the placeholder is computed from, in pixels; the placeholder is a blur. */
const hashSide = 64;

async function thumbhashOf(source: CanvasImageSource, width: number, height: number): Promise<string> {
  const { rgbaToThumbHash } = await import("thumbhash");
  const scale = hashSide / Math.max(width, height, hashSide);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d");
  if (!context) return "";
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const hash = rgbaToThumbHash(canvas.width, canvas.height, data);
  return btoa(String.fromCharCode(...hash));
}

export type MediaMetadata<Metadata> = Omit<Metadata, "fileId" | "type" | "bytes">;

/** Metadata to show until the server has processed the picture; null when this browser cannot decode it. */
export async function readPictureMetadata(file: Blob): Promise<MediaMetadata<Picture> | null> {
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    const thumbhash = await thumbhashOf(bitmap, width, height);
    bitmap.close();
    return { width, height, thumbhash, animated: file.type === "image/gif" };
  } catch {
    return null;
  }
}

/** A video's metadata and a frame from its beginning as a JPEG; null when this browser cannot play it. */
export async function readVideoMetadata(file: Blob): Promise<(MediaMetadata<Film> & { poster: Blob | null }) | null> {
  const url = URL.createObjectURL(file);
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.preload = "auto";
  try {
    const loaded = settled(video, "loadeddata");
    video.src = url;
    await loaded;
    // A MediaRecorder's video reports its duration only after a seek to its end.
    if (!Number.isFinite(video.duration)) {
      const known = settled(video, "durationchange");
      video.currentTime = 1e9;
      await known;
    }
    const sought = settled(video, "seeked");
    video.currentTime = Math.min(0.5, video.duration / 2);
    await sought;
    const { videoWidth: width, videoHeight: height, duration } = video;
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")?.drawImage(video, 0, 0);
    const poster = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
    return { width, height, durationMs: Math.max(1, Math.round(duration * 1_000)), poster };
  } catch {
    return null;
  } finally {
    video.removeAttribute("src");
    URL.revokeObjectURL(url);
  }
}
