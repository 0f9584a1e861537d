import { stat } from "node:fs/promises";
import type { Reason } from "#contracts/refusals.ts";
import { hashWhole } from "#jobs/media/hashing.ts";
import { FileRejected } from "#jobs/media/rejected.ts";
import { storePicture } from "#jobs/media/store-picture.ts";
import { countPixelsDeadlineMs, inspectDeadlineMs } from "#jobs/sandbox/deadlines.ts";
import { inSandbox, SandboxDied } from "#jobs/sandbox/pool.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { enqueueProcessing } from "#server/media/queue.ts";
import { mediaKindOf, stateOf } from "#server/media/rules.ts";
import { isShown } from "#server/media/serving.ts";
import { PartsMissing, storage, WrongSize } from "#server/media/storage/storage.ts";
import {
  type BlobRow,
  countCrash,
  type FileRow,
  findBlob,
  insertBlob,
  lockFile,
  markRefused,
  readFile,
  readParts,
  setBlob,
} from "#server/media/store.ts";

/**
 * Looks into an upload that was sent whole: is it what was announced, is it something we take, what is in it. Then it
 * is ready, or refused with a reason. The bytes are where they are served from before any row says so; a process that
 * dies in between leaves bytes that nothing points to, which the sweep takes away. A picture of few bytes and many
 * pixels is put back into the queue, as the `large` file that it is.
 */
export async function processFile(fileId: string, large = false): Promise<void> {
  const file = await readFile(sql(), fileId);
  if (!file || stateOf(file) !== "processing") return;
  try {
    const { storageUploadId: state } = file;
    await storage().completeUpload({ fileId, state }, await readParts(sql(), fileId));
    await take(file, large);
  } catch (error) {
    const reason = error instanceof SandboxDied ? await reasonOfDeath(fileId) : reasonOf(error);
    if (reason === null) throw error;
    await refuse(file, reason);
  }
}

/** Under the row's lock: an upload that begins anew at once must not lose its first parts to this removal. */
async function refuse({ id, storageUploadId }: FileRow, reason: Reason): Promise<void> {
  await transaction(async (tx) => {
    await lockFile(tx, id);
    await markRefused(tx, id, reason);
    await storage().dropUpload({ fileId: id, state: storageUploadId });
  });
}

function reasonOf(error: unknown): Reason | null {
  if (error instanceof PartsMissing) return "upload_incomplete";
  if (error instanceof WrongSize) return "checksum_mismatch";
  return error instanceof FileRejected ? error.reason : null;
}

/** The first time may have been the machine's fault. Counted in the row: a restart of this process forgets nothing. */
const mostCrashes = 2;

async function reasonOfDeath(fileId: string): Promise<Reason | null> {
  return (await countCrash(sql(), fileId)) >= mostCrashes ? "file_corrupt" : null;
}

async function take(file: FileRow, large: boolean): Promise<void> {
  const local = await storage().downloadUpload(file.id, file.bytes);
  try {
    await checkBytes(file, local.path);
    const mediaKind = mediaKindOf(file.purpose);
    const known = await findBlob(sql(), file.ownerId, file.sha256, mediaKind);
    if (known) {
      await setBlob(sql(), file.id, known);
      await storage().dropUpload({ fileId: file.id, state: file.storageUploadId });
      return;
    }
    if (mediaKind === "image" && !large && (await hasManyPixels(local.path)))
      return await enqueueProcessing(sql(), file, true);
    const blob = await store(file, local.path, { id: crypto.randomUUID(), mediaKind });
    // The upload stays until the rows say that it is not needed: a process that dies here is followed by one that
    // begins anew.
    const kept = await transaction(async (tx) => {
      const { ownerId, sha256 } = file;
      const blobId = await insertBlob(tx, { ...blob, ownerId, sha256 });
      await setBlob(tx, file.id, blobId);
      return blobId;
    });
    if (kept !== blob.id) await storage().dropBlob(blob.id);
    await storage().dropUpload({ fileId: file.id, state: file.storageUploadId });
  } finally {
    await local.dispose();
  }
}

/** A photo of a phone has about 12 million. */
const smallPixels = 16_000_000;

async function hasManyPixels(path: string): Promise<boolean> {
  return (await inSandbox("countPixels", { path }, countPixelsDeadlineMs)) > smallPixels;
}

async function checkBytes({ bytes, sha256 }: FileRow, path: string): Promise<void> {
  if ((await stat(path)).size !== bytes || !(await hashWhole(path)).equals(sha256))
    throw new FileRejected("checksum_mismatch");
}

/** Puts what will be served where it is served from. */
async function store(
  file: FileRow,
  path: string,
  { id, mediaKind }: Pick<BlobRow, "id" | "mediaKind">,
): Promise<BlobRow> {
  const deadlineMs = inspectDeadlineMs(mediaKind, file.bytes);
  if (mediaKind === "video" || mediaKind === "voice") {
    const { made, bytes } = await storage().makeVariant(id, "original", async (target) => {
      const { type, metadata } = await inSandbox("copyRecording", { path, target, mediaKind }, deadlineMs);
      // A voice in a container that is mostly used for films is still a voice.
      const served = mediaKind === "voice" ? type.replace(/^video\//, "audio/") : type;
      if (!isShown(served)) throw new FileRejected("unsupported_file_type");
      return { type: served, metadata };
    });
    return { id, mediaKind, ...made, bytes };
  }
  const { type, metadata, picture } = await inSandbox("inspect", { path, mediaKind }, deadlineMs);
  if (picture) return storePicture(id, picture);
  // Sent as a file: byte for byte, whatever it is.
  await storage().promoteUpload(file.id, id, "original");
  return { id, mediaKind, type: type ?? "application/octet-stream", bytes: file.bytes, metadata };
}
