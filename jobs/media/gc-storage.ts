import { limits } from "#contracts/limits.ts";
import { isUuid } from "#contracts/text.ts";
import { sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { readUnknownBlobs, readUselessUploads } from "#server/media/orphans/store.ts";
import { type StorageKind, storage } from "#server/media/storage/storage.ts";

const atOnce = 500;
const hour = 3_600_000;

/**
 * Goes through all that is stored and takes away what no row points to: what processes left that died between two steps.
 * Only what is older than any upload or job that may still be under way. What does not lie here under an id is not ours.
 */
export async function collectGarbage(): Promise<void> {
  const before = new Date(Date.now() - 2 * limits.uploadHours * hour);
  const uploads = await collect("uploads", before, async (ids) => {
    const useless = await readUselessUploads(sql(), ids);
    // The storage has forgotten the state of it, or expires that by itself.
    for (const fileId of useless) await storage().dropUpload({ fileId, state: "" });
    return useless.length;
  });
  const blobs = await collect("blobs", before, async (ids) => {
    const unknown = await readUnknownBlobs(sql(), ids);
    for (const blobId of unknown) await storage().dropBlob(blobId);
    return unknown.length;
  });
  if (uploads + blobs > 0) log.info({ uploads, blobs }, "stored bytes without a row were taken away");
}

async function collect(kind: StorageKind, before: Date, take: (ids: string[]) => Promise<number>): Promise<number> {
  let ids: string[] = [];
  let taken = 0;
  for await (const id of storage().listOld(kind, before)) {
    if (!isUuid(id)) continue;
    ids.push(id);
    if (ids.length < atOnce) continue;
    taken += await take(ids);
    ids = [];
  }
  return ids.length > 0 ? taken + (await take(ids)) : taken;
}
