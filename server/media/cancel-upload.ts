import { transaction } from "#server/db/sql.ts";
import { addJob } from "#server/jobs/add-job.ts";
import type { Me } from "#server/me.ts";
import { deleteFile, isAttached, lockFile } from "#server/media/store.ts";

/**
 * I do not want this file any more. One that a message points to stays, one that is not mine or not there is no trouble:
 * the answer is the same. A job takes away what was uploaded of it, and the next sweep what was made of that.
 */
export async function cancelUpload(me: Me, fileId: string): Promise<{ done: true }> {
  return transaction(async (tx) => {
    const file = await lockFile(tx, fileId);
    if (file?.ownerId !== me.personId || (await isAttached(tx, fileId))) return { done: true };
    await deleteFile(tx, fileId);
    await addJob(tx, "media:abort-upload", { fileId, storageUploadId: file.storageUploadId });
    return { done: true };
  });
}
