import type { Purpose } from "#contracts/media.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Part } from "#server/media/storage/storage.ts";

/** What a blob is looked into as; avatars, icons and stickers are pictures. */
export type MediaKind = "image" | "video" | "voice" | "file";

export type FileRow = {
  id: string;
  ownerId: string | null;
  purpose: Purpose;
  name: string;
  bytes: number;
  sha256: Buffer;
  partBytes: number;
  storageUploadId: string;
  completedAt: Date | null;
  rejectionReason: string | null;
  blobId: string | null;
};

export const fileColumns = (tx: Tx) =>
  tx`f.id, f.owner_id, f.purpose, f.name, f.bytes::float8 as bytes, f.sha256, f.part_bytes, f.storage_upload_id, f.completed_at,
    f.rejection_reason, f.blob_id`;

export async function readFile(tx: Tx, fileId: string): Promise<FileRow | null> {
  const [row] = await tx<FileRow[]>`select ${fileColumns(tx)} from files f where f.id = ${fileId}`;
  return row ?? null;
}

/** Under its row's lock: two who complete or cancel it take turns, and a message that attaches it waits. */
export async function lockFile(tx: Tx, fileId: string): Promise<FileRow | null> {
  const [row] = await tx<FileRow[]>`select ${fileColumns(tx)} from files f where f.id = ${fileId} for update`;
  return row ?? null;
}

export async function readFilesOf(tx: Tx, ownerId: string, fileIds: readonly string[]): Promise<FileRow[]> {
  return tx<FileRow[]>`
    select ${fileColumns(tx)} from files f where f.id = any(${fileIds as string[]}::uuid[]) and f.owner_id = ${ownerId}
  `;
}

export type NewFile = Omit<FileRow, "completedAt" | "rejectionReason">;

/** False when the id is taken. */
export async function insertFile(tx: Tx, file: NewFile): Promise<boolean> {
  const rows = await tx`
    insert into files (id, owner_id, purpose, name, bytes, sha256, part_bytes, storage_upload_id, blob_id, completed_at)
    values (${file.id}, ${file.ownerId}, ${file.purpose}, ${file.name}, ${file.bytes}, ${file.sha256}, ${file.partBytes},
      ${file.storageUploadId}, ${file.blobId}, ${file.blobId ? tx`now()` : null})
    on conflict (id) do nothing returning id
  `;
  return rows.length > 0;
}

export async function readParts(tx: Tx, fileId: string): Promise<Part[]> {
  return tx<Part[]>`select n, etag from upload_parts where file_id = ${fileId} order by n`;
}

/** Is this part still to come? Null when nothing is: the file is gone, or all of it was sent. */
export async function readPartState(tx: Tx, fileId: string, n: number): Promise<"wanted" | "there" | null> {
  const [row] = await tx<{ there: boolean }[]>`
    select exists (select from upload_parts p where p.file_id = f.id and p.n = ${n}) as there
    from files f where f.id = ${fileId} and f.completed_at is null and f.rejection_reason is null
  `;
  return row ? (row.there ? "there" : "wanted") : null;
}

/** False when the file is gone. */
export async function insertParts(tx: Tx, fileId: string, parts: readonly Part[]): Promise<boolean> {
  const rows = await tx`
    insert into upload_parts (file_id, n, etag)
    select f.id, p.n, p.etag
    from unnest(${parts.map(({ n }) => n)}::int[], ${parts.map(({ etag }) => etag)}::text[]) as p(n, etag)
    join files f on f.id = ${fileId} and f.completed_at is null
    on conflict (file_id, n) do update set etag = excluded.etag returning n
  `;
  return rows.length === parts.length;
}

export async function markCompleted(tx: Tx, fileId: string): Promise<void> {
  await tx`update files set completed_at = now() where id = ${fileId}`;
}

export async function markRefused(tx: Tx, fileId: string, reason: string): Promise<void> {
  await tx`update files set rejection_reason = ${reason} where id = ${fileId}`;
}

/** Looking into it has ended a process once more; answers how often that has happened. */
export async function countCrash(tx: Tx, fileId: string): Promise<number> {
  const [row] = await tx<{ crashes: number }[]>`
    update files set crashes = crashes + 1 where id = ${fileId} returning crashes
  `;
  return row?.crashes ?? 0;
}

/** Starts an upload again that was refused or that the storage lost. Bytes that crashed the parser get one more try. */
export async function restartFile(tx: Tx, fileId: string, storageUploadId: string): Promise<void> {
  await tx`delete from upload_parts where file_id = ${fileId}`;
  await tx`update files set storage_upload_id = ${storageUploadId}, completed_at = null, rejection_reason = null,
      crashes = least(crashes, 1) where id = ${fileId}`;
}

export async function deleteFile(tx: Tx, fileId: string): Promise<void> {
  await tx`delete from files where id = ${fileId}`;
}

/** Bytes of a person's files, including announced uploads. */
export async function readUsage(tx: Tx, ownerId: string): Promise<number> {
  const [row] = await tx<{ used: number }[]>`
    select coalesce(sum(bytes), 0)::float8 as used from files where owner_id = ${ownerId} and rejection_reason is null
  `;
  return row?.used ?? 0;
}

/** Bytes that all files take, or were announced with. */
export async function readTotalUsage(tx: Tx): Promise<number> {
  const [row] = await tx<{ used: number }[]>`
    select coalesce(sum(bytes), 0)::float8 as used from files where rejection_reason is null
  `;
  return row?.used ?? 0;
}

/** True when a message, also one that is scheduled, or a pack of stickers points to it. */
export async function isAttached(tx: Tx, fileId: string): Promise<boolean> {
  const rows = await tx`
    select from attachments where file_id = ${fileId}
    union all select from scheduled_files where file_id = ${fileId}
    union all select from stickers where file_id = ${fileId}
    union all select from sticker_packs where icon_file_id = ${fileId} limit 1
  `;
  return rows.length > 0;
}

export type BlobRow = {
  id: string;
  mediaKind: MediaKind;
  type: string;
  bytes: number;
  metadata: MediaMetadata;
};
/** What was found in the bytes; each mediaKind has its own of these. */
export type MediaMetadata = {
  width?: number;
  height?: number;
  thumbhash?: string;
  animated?: boolean;
  durationMs?: number;
  /** Which variants there are besides the original. */
  variants?: string[];
};

/** Held until the transaction ends, so that the sweep does not take it before a file has it. */
export async function findBlob(
  tx: Tx,
  ownerId: string | null,
  sha256: Buffer,
  mediaKind: MediaKind,
): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`
    select id from media_blobs where owner_id is not distinct from ${ownerId} and sha256 = ${sha256} and media_kind = ${mediaKind}
    for key share
  `;
  return row?.id ?? null;
}

/** The id of the blob that has these bytes: this one, or the one that was quicker. */
export async function insertBlob(tx: Tx, blob: BlobRow & { ownerId: string | null; sha256: Buffer }): Promise<string> {
  const { id, ownerId, sha256, mediaKind, type, bytes, metadata } = blob;
  const [row] = await tx<{ id: string }[]>`
    insert into media_blobs (id, owner_id, sha256, media_kind, type, bytes, metadata)
    values (${id}, ${ownerId}, ${sha256}, ${mediaKind}, ${type}, ${bytes}, ${tx.json(metadata)})
    on conflict (owner_id, sha256, media_kind) do update set media_kind = excluded.media_kind returning id
  `;
  if (!row) throw new Error("insert returned no blob");
  return row.id;
}

export async function setBlob(tx: Tx, fileId: string, blobId: string): Promise<void> {
  await tx`update files set blob_id = ${blobId}, completed_at = coalesce(completed_at, now()) where id = ${fileId}`;
  await tx`delete from upload_parts where file_id = ${fileId}`;
}
