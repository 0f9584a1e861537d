import type * as z from "zod/mini";
import type { completeInput, FileStatus } from "#contracts/media.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { enqueueProcessing, isLarge } from "#server/media/queue.ts";
import { countParts, stateOf } from "#server/media/rules.ts";
import { insertParts, lockFile, markCompleted, readParts } from "#server/media/store.ts";
import { toStatus } from "#server/media/view.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * All parts are sent: have them put together, checked against the announced SHA-256 and looked into, which a job does;
 * `status` tells what came of it. Asking again changes nothing. Refuses `not_found`, and `upload_incomplete` while a part
 * is: then `begin` says which. One file of a person is looked into at a time, so that many files of one person do not
 * delay other people's.
 */
export async function completeUpload(me: Me, { fileId, parts }: z.infer<typeof completeInput>): Promise<FileStatus> {
  return transaction(async (tx) => {
    const file = await lockFile(tx, fileId);
    if (file?.ownerId !== me.personId) throw new Refusal("not_found");
    if (stateOf(file) !== "uploading") return toStatus(file);
    const all = countParts(file);
    // A part of this machine's disk says itself that it is there; those of S3 are known by what the browser was told.
    const told = [...new Map(parts.filter(({ n }) => n <= all).map((part) => [part.n, part])).values()];
    if (file.storageUploadId !== "" && told.length > 0) await insertParts(tx, fileId, told);
    if ((await readParts(tx, fileId)).length < all) throw new Refusal("upload_incomplete");
    await markCompleted(tx, fileId);
    await enqueueProcessing(tx, file, isLarge(file.bytes));
    return toStatus({ ...file, completedAt: new Date() });
  });
}
