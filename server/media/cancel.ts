import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { stateOf } from "#server/media/rules.ts";
import { storage } from "#server/media/storage/storage.ts";
import { deleteFile, isAttached, lockFile } from "#server/media/store.ts";

/**
 * I do not want this file any more. One that a message points to stays, one that is not mine or not there is no trouble:
 * the answer is the same. What is stored of it goes with the next sweep at the latest.
 */
export async function cancelUpload(me: Me, fileId: string): Promise<void> {
  const dropped = await transaction(async (tx) => {
    const file = await lockFile(tx, fileId);
    if (file?.ownerId !== me.personId || (await isAttached(tx, fileId))) return null;
    await deleteFile(tx, fileId);
    return file;
  });
  // On a disk only the jobs process may touch it; a bucket is told at once.
  if (dropped && dropped.upload !== "" && stateOf(dropped) !== "ready") {
    await storage().dropUpload({ fileId, state: dropped.upload });
  }
}
