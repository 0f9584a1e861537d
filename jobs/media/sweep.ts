import { limits } from "#contracts/limits.ts";
import { transaction } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { storage } from "#server/media/storage/storage.ts";
import { deleteFile, deleteLooseBlobs, readForgotten } from "#server/media/store.ts";

const atOnce = 200;

/**
 * Takes away files that nobody will come back for, then bytes that no file has. Rows first: a process that dies in between
 * leaves bytes without a row, which cost room, and never a row without bytes, which would be a message that shows nothing.
 */
export async function sweepMedia(): Promise<void> {
  const dropped = await transaction(async (tx) => {
    const forgotten = await readForgotten(tx, limits.uploadHours, atOnce);
    for (const { id } of forgotten) await deleteFile(tx, id);
    return forgotten;
  });
  for (const { id, upload } of dropped) await storage().dropUpload({ fileId: id, state: upload });
  const blobs = await transaction((tx) => deleteLooseBlobs(tx, atOnce));
  for (const blobId of blobs) await storage().dropBlob(blobId);
  if (dropped.length + blobs.length > 0) log.info({ files: dropped.length, blobs: blobs.length }, "media was swept");
}
