import type { Purpose } from "#contracts/media.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Reading } from "#server/media/file-url.ts";
import type { BlobRow } from "#server/media/store.ts";

export type ReadyFile = { fileId: string; name: string; purpose: Purpose } & Omit<BlobRow, "id"> & { blobId: string };

const readyColumns = (tx: Tx) =>
  tx`f.id as file_id, f.name, f.purpose, b.id as blob_id, b.media_kind, b.type, b.bytes::float8 as bytes, b.metadata`;

/** Of these files, the ones that are ready and mine, or the product's own, such as the picture of a page. */
export async function readReady(tx: Tx, ownerId: string, fileIds: readonly string[]): Promise<ReadyFile[]> {
  return tx<ReadyFile[]>`
    select ${readyColumns(tx)} from files f join media_blobs b on b.id = f.blob_id
    where f.id = any(${fileIds as string[]}::uuid[]) and (f.owner_id = ${ownerId} or f.owner_id is null)
  `;
}

/** Purposes of files that every signed-in person may see. */
const open = ["avatar", "icon", "sticker"];

type Fragment = ReturnType<Tx>;

/** Everyone may see this file: its purpose is public, or it has no owner. */
const isOpen = (tx: Tx): Fragment => tx`(f.owner_id is null or f.purpose = any(${open}::text[]))`;

/**
 * The rule of who may see the file `f`: everybody what is open, a person their own and what a message gives them that
 * they may read (they are in the conversation now, and it is not from before their time).
 */
const isVisible = (tx: Tx, personId: Fragment): Fragment => tx`(
  ${isOpen(tx)} or f.owner_id = ${personId}
  or exists (
    select from attachments a
    join memberships m on m.conversation_id = a.conversation_id and m.person_id = ${personId} and m.left_at is null
    where a.file_id = f.id and a.seq >= m.visible_from_seq))`;

/** A ready file that `personId` may see. */
export async function readVisible(
  tx: Tx,
  personId: string,
  fileId: string,
): Promise<(ReadyFile & { isOpen: boolean }) | null> {
  const [row] = await tx<(ReadyFile & { isOpen: boolean })[]>`
    select ${readyColumns(tx)}, ${isOpen(tx)} as is_open from files f join media_blobs b on b.id = f.blob_id
    where f.id = ${fileId} and ${isVisible(tx, tx`${personId}::uuid`)}
  `;
  return row ?? null;
}

/**
 * Which of these stand, by their places in the list: the session lives, the file has these bytes, the person may see
 * it.
 */
export async function readStanding(tx: Tx, readings: readonly Reading[]): Promise<number[]> {
  const column = (name: keyof Reading) => readings.map((reading) => reading[name]);
  const rows = await tx<{ n: number }[]>`
    select r.n::int - 1 as n
    from unnest(${column("personId")}::uuid[], ${column("sessionId")}::uuid[], ${column("fileId")}::uuid[],
      ${column("blobId")}::uuid[]) with ordinality as r(person_id, session_id, file_id, blob_id, n)
    join sessions s on s.id = r.session_id and s.person_id = r.person_id and s.revoked_at is null and s.expires_at > now()
    join files f on f.id = r.file_id and f.blob_id = r.blob_id
    where ${isVisible(tx, tx`r.person_id`)}
  `;
  return rows.map(({ n }) => n);
}
