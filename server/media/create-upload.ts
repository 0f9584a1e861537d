import type * as z from "zod/mini";
import { fileIdOf } from "#contracts/file-id.ts";
import { limits } from "#contracts/limits.ts";
import type { beginInput, UploadPlan } from "#contracts/media.ts";
import { sql, type Tx, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { checkQuota } from "#server/media/quota.ts";
import { countParts, mediaKindOf, partBytesFor, partOf, stateOf } from "#server/media/rules.ts";
import { storage } from "#server/media/storage/storage.ts";
import { type FileRow, findBlob, insertFile, lockFile, readFile, readParts, restartFile } from "#server/media/store.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Announces a file and says which parts are still to be sent, and where. Asking again with the same `clientId` and
 * metadata is how an upload is resumed, after hours or a reload. Bytes that I have sent before are not sent again.
 * Refuses `file_empty`, `file_too_large`, `quota_exceeded`, `storage_limit_reached`, `rate_limited`, `file_id_reused` (I announced other
 * bytes so).
 */
export async function createUpload(me: Me, input: z.infer<typeof beginInput>, base: string): Promise<UploadPlan> {
  const { bytes, purpose } = input;
  if (bytes === 0) throw new Refusal("file_empty");
  if (bytes > limits.fileBytes[purpose]) throw new Refusal("file_too_large");
  const fileId = fileIdOf(me.personId, input.clientId);
  const known = await readFile(sql(), fileId);
  const file = known ? await resume(me, input, known) : await announce(me, { ...input, fileId });
  const state = stateOf(file);
  const { partBytes } = file;
  if (state !== "uploading") return { fileId, state: state === "ready" ? "ready" : "processing", partBytes, parts: [] };
  const there = new Set((await readParts(sql(), fileId)).map(({ n }) => n));
  const numbers = Array.from({ length: countParts(file) }, (_, at) => at + 1).filter((n) => !there.has(n));
  const upload = { fileId, state: file.storageUploadId };
  const parts = await Promise.all(
    numbers.map(async (n) => ({ n, url: await storage().partAddress(base, upload, partOf(file, n)) })),
  );
  return { fileId, state, partBytes, parts };
}

type Input = z.infer<typeof beginInput>;

async function resume(me: Me, input: Input, known: FileRow): Promise<FileRow> {
  const same =
    known.ownerId === me.personId &&
    known.purpose === input.purpose &&
    known.bytes === input.bytes &&
    known.sha256.toString("hex") === input.sha256;
  if (!same) throw new Refusal("file_id_reused");
  if (known.rejectionReason === null) return known;
  // What was refused may have been damaged on the way: it is sent anew.
  return withUpload(known.id, async (tx, storageUploadId) => {
    await checkQuota(tx, me.personId, input.bytes);
    const now = await lockFile(tx, known.id);
    if (!now) throw new Refusal("not_found");
    // Another call has begun it anew while this one waited.
    if (now.rejectionReason === null) return now;
    await restartFile(tx, known.id, storageUploadId);
    return { ...now, storageUploadId, rejectionReason: null, completedAt: null };
  });
}

async function announce(me: Me, input: Input & { fileId: string }): Promise<FileRow> {
  const { fileId, name, bytes, purpose } = input;
  const sha256 = Buffer.from(input.sha256, "hex");
  const partBytes = partBytesFor(bytes);
  await consumeRateLimit(`upload:${me.personId}`, rates.upload);
  const file = await withUpload(fileId, async (tx, storageUploadId) => {
    await checkQuota(tx, me.personId, bytes);
    const blobId = await findBlob(tx, me.personId, sha256, mediaKindOf(purpose));
    const ownerId = me.personId;
    const made = {
      id: fileId,
      ownerId,
      purpose,
      name,
      bytes,
      sha256,
      partBytes,
      storageUploadId: blobId ? "" : storageUploadId,
      blobId,
    };
    return (await insertFile(tx, made)) ? { ...made, completedAt: null, rejectionReason: null } : null;
  });
  if (file) return file;
  // The same call came twice at once.
  const taken = await readFile(sql(), fileId);
  if (!taken) throw new Refusal("file_id_reused");
  return resume(me, input, taken);
}

/** The storage is asked outside the transaction, and told again when what it made ready was not needed. */
async function withUpload<Row extends FileRow | null>(
  fileId: string,
  work: (tx: Tx, storageUploadId: string) => Promise<Row>,
) {
  const storageUploadId = await storage().beginUpload(fileId);
  let row: Row | undefined;
  try {
    row = await transaction((tx) => work(tx, storageUploadId));
    return row;
  } finally {
    if (storageUploadId !== "" && row?.storageUploadId !== storageUploadId)
      await storage().dropUpload({ fileId, state: storageUploadId });
  }
}
