import type * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import type { Begun, beginInput } from "#contracts/media.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { countParts, familyOf, partBytesFor, partOf, stateOf } from "#server/media/rules.ts";
import { storage } from "#server/media/storage/storage.ts";
import {
  type FileRow,
  findBlob,
  insertFile,
  readFile,
  readParts,
  readUsage,
  restartFile,
} from "#server/media/store.ts";
import { lockPeople } from "#server/people/store.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Announces a file under an id of the device's choice and says which parts are still to be sent, and where. Asking again
 * with the same facts is how an upload is resumed, after hours or a reload. Bytes that I have sent before are not sent
 * again. Refuses `file_empty`, `file_too_large`, `quota_full`, `file_id_reused` (the id belongs to other bytes).
 */
export async function beginUpload(me: Me, input: z.infer<typeof beginInput>, base: string): Promise<Begun> {
  const { fileId, bytes, purpose } = input;
  if (bytes === 0) throw new Refusal("file_empty");
  if (bytes > limits.fileBytes[purpose]) throw new Refusal("file_too_large");
  const known = await readFile(sql(), fileId);
  const file = known ? await resume(me, input, known) : await announce(me, input);
  const state = stateOf(file);
  const { partBytes } = file;
  if (state !== "uploading") return { state: state === "ready" ? "ready" : "processing", partBytes, parts: [] };
  const there = new Set((await readParts(sql(), fileId)).map(({ n }) => n));
  const numbers = Array.from({ length: countParts(file) }, (_, at) => at + 1).filter((n) => !there.has(n));
  const upload = { fileId, state: file.upload };
  const parts = await Promise.all(
    numbers.map(async (n) => ({ n, url: await storage().partAddress(base, upload, partOf(file, n)) })),
  );
  return { state, partBytes, parts };
}

async function resume(me: Me, input: z.infer<typeof beginInput>, known: FileRow): Promise<FileRow> {
  const same =
    known.ownerId === me.personId &&
    known.purpose === input.purpose &&
    known.bytes === input.bytes &&
    known.sha256.toString("hex") === input.sha256;
  if (!same) throw new Refusal("file_id_reused");
  if (known.refused === null) return known;
  // What was refused may have been damaged on the way: it is sent anew.
  const upload = await storage().beginUpload(known.id);
  await restartFile(sql(), known.id, upload);
  return { ...known, upload, refused: null, completedAt: null };
}

async function announce(
  me: Me,
  { fileId, name, bytes, sha256, purpose }: z.infer<typeof beginInput>,
): Promise<FileRow> {
  const hash = Buffer.from(sha256, "hex");
  const upload = await storage().beginUpload(fileId);
  return transaction(async (tx) => {
    // Two uploads at once must not both fit into the last gigabyte.
    await lockPeople(tx, [me.personId]);
    if ((await readUsage(tx, me.personId)) + bytes > env().mediaQuotaBytes) throw new Refusal("quota_full");
    const blobId = await findBlob(tx, me.personId, hash, familyOf(purpose));
    const ownerId = me.personId;
    const file = {
      id: fileId,
      ownerId,
      purpose,
      name,
      bytes,
      sha256: hash,
      partBytes: partBytesFor(bytes),
      upload,
      blobId,
    };
    if (!(await insertFile(tx, file))) throw new Refusal("file_id_reused");
    return { ...file, completedAt: null, refused: null };
  });
}
