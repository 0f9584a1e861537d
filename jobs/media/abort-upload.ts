import { sql } from "#server/db/sql.ts";
import { storage } from "#server/media/storage/storage.ts";
import { readFile } from "#server/media/store.ts";

/** Takes away what was uploaded of a file that its owner cancelled; not when the same id has been announced again. */
export async function abortUpload(fileId: string, storageUploadId: string): Promise<void> {
  if (await readFile(sql(), fileId)) return;
  await storage().dropUpload({ fileId, state: storageUploadId });
}
