import { UploadRejected } from "#client/media/upload-file.ts";
import type { Uploads } from "#client/media/uploads.ts";
import type { PickedPack } from "#client/stickers/read-pack.ts";

/**
 * Uploads every file of a pack and returns their ids; `onProgress` gets the number of finished ones. Throws
 * UploadRejected.
 */
export async function bringPack(
  { files }: PickedPack,
  uploads: Uploads,
  onProgress: (done: number) => void,
): Promise<Record<string, string>> {
  const ids = files.map(({ asset, file }) => ({ asset, fileId: uploads.add(file, file.name, "sticker") }));
  try {
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        const states = ids.map(({ fileId }) => uploads.get(fileId));
        const failed = states.find((upload) => upload?.state === "failed");
        const done = states.filter((upload) => upload?.state === "ready").length;
        onProgress(done);
        if (failed) reject(new UploadRejected(failed.reason ?? "internal_error"));
        else if (done < ids.length) return;
        else resolve();
        stop();
      };
      const stop = uploads.subscribe(look);
      look();
    });
  } catch (error) {
    for (const { fileId } of ids) uploads.cancel(fileId);
    throw error;
  }
  return Object.fromEntries(ids.map(({ asset, fileId }) => [asset, fileId]));
}
