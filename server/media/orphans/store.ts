import type { Tx } from "#server/db/sql.ts";
import { type FileRow, fileColumns } from "#server/media/store.ts";

/** Unreferenced by messages, also scheduled ones, stickers, avatars or icons. */
const unused = (tx: Tx) => tx`
  not exists (select from attachments a where a.file_id = f.id)
  and not exists (select from scheduled_files w where w.file_id = f.id)
  and not exists (select from stickers s where s.file_id = f.id)
  and not exists (select from sticker_packs p where p.icon_file_id = f.id)
  and not exists (select from people p where p.avatar_id = f.id)
  and not exists (select from communities k where k.icon_id = f.id)
`;

/**
 * Abandoned files: refused or unfinished for a day, or ready for a day and unused. Under
 * row locks, so that a message that attaches one waits; rows that are locked now are skipped.
 */
export async function lockForgotten(tx: Tx, hours: number, most: number): Promise<FileRow[]> {
  return tx<FileRow[]>`
    select ${fileColumns(tx)} from files f
    where f.created_at < now() - make_interval(hours => ${hours}) and f.owner_id is not null
      and ${unused(tx)}
    order by f.created_at limit ${most} for update skip locked
  `;
}

/** Of these, which the caller has locked, those that are still in nothing; answers their ids. */
export async function deleteForgotten(tx: Tx, fileIds: readonly string[]): Promise<Set<string>> {
  // A statement of its own: its snapshot is younger than the locks, and sees what was attached before them.
  const rows = await tx<{ id: string }[]>`
    delete from files f where f.id = any(${fileIds as string[]}::uuid[]) and ${unused(tx)}
    returning f.id
  `;
  return new Set(rows.map(({ id }) => id));
}

/** Blobs that no file has any more, under locks that a file which takes one of them waits for. */
export async function lockUnreferencedBlobs(tx: Tx, most: number): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select b.id from media_blobs b
    where b.created_at < now() - interval '1 hour' and not exists (select from files f where f.blob_id = b.id)
    limit ${most} for update skip locked
  `;
  return rows.map(({ id }) => id);
}

/** The same two steps as for files. Answers which went. */
export async function deleteUnreferencedBlobs(tx: Tx, blobIds: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    delete from media_blobs b where b.id = any(${blobIds as string[]}::uuid[])
      and not exists (select from files f where f.blob_id = b.id)
    returning b.id
  `;
  return rows.map(({ id }) => id);
}

/** Of these ids, those with uploaded bytes that are not needed: there is no such file, or it is ready. */
export async function readUselessUploads(tx: Tx, fileIds: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select x.id from unnest(${fileIds as string[]}::uuid[]) as x (id)
    left join files f on f.id = x.id where f.id is null or f.blob_id is not null
  `;
  return rows.map(({ id }) => id);
}

export async function readUnknownBlobs(tx: Tx, blobIds: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select x.id from unnest(${blobIds as string[]}::uuid[]) as x (id)
    where not exists (select from media_blobs b where b.id = x.id)
  `;
  return rows.map(({ id }) => id);
}
