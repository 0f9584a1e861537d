import { limits } from "#contracts/limits.ts";
import { transaction } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import {
  deleteForgotten,
  deleteUnreferencedBlobs,
  lockForgotten,
  lockUnreferencedBlobs,
} from "#server/media/orphans/store.ts";
import { storage } from "#server/media/storage/storage.ts";

const atOnce = 200;

/**
 * Deletes files that will not be used, then bytes that no file has. Rows first: a process that dies in between leaves
 * bytes without a row, which cost room until they are collected (collect.ts), and never a row without bytes, which
 * would be a message that shows nothing.
 */
export async function expireOrphans(): Promise<void> {
  const files = await untilNone(sweepFiles);
  const blobs = await untilNone(sweepBlobs);
  if (files + blobs > 0) log.info({ files, blobs }, "media was swept");
}

async function untilNone(sweepSome: () => Promise<number>): Promise<number> {
  let all = 0;
  for (let some = await sweepSome(); some > 0; some = await sweepSome()) all += some;
  return all;
}

async function sweepFiles(): Promise<number> {
  const dropped = await transaction(async (tx) => {
    const forgotten = await lockForgotten(tx, limits.uploadHours, atOnce);
    const gone = await deleteForgotten(
      tx,
      forgotten.map(({ id }) => id),
    );
    return forgotten.filter(({ id }) => gone.has(id));
  });
  for (const { id, storageUploadId } of dropped) await storage().dropUpload({ fileId: id, state: storageUploadId });
  return dropped.length;
}

async function sweepBlobs(): Promise<number> {
  const blobs = await transaction(async (tx) => deleteUnreferencedBlobs(tx, await lockUnreferencedBlobs(tx, atOnce)));
  for (const blobId of blobs) await storage().dropBlob(blobId);
  return blobs.length;
}
