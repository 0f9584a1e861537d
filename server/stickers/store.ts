import type { Tx } from "#server/db/sql.ts";
import type { ReadyFile } from "#server/media/access/store.ts";

/** What is known of a sticker's file; the names are those of a ready file. */
type FileColumns = Pick<ReadyFile, "fileId" | "type" | "bytes" | "metadata">;

export type StickerRow = FileColumns & { id: string; packId: string; key: string; label: string; ours: boolean };
export type PackRow = FileColumns & {
  id: string;
  key: string;
  name: string;
  size: "small" | "medium" | "large";
  ownerId: string | null;
  installed: boolean;
};

const fileColumns = (tx: Tx) => tx`f.id as file_id, b.type, b.bytes::float8 as bytes, b.metadata`;
const stickerColumns = (tx: Tx) => tx`s.id, s.pack_id, s.key, s.label, p.owner_id is null as ours, ${fileColumns(tx)}`;
const stickerTables = (tx: Tx) => tx`
  stickers s join sticker_packs p on p.id = s.pack_id
  join files f on f.id = s.file_id join media_blobs b on b.id = f.blob_id`;

/** Built-in packs, then the person's installed ones, newest first. */
export async function readPacks(tx: Tx, personId: string): Promise<PackRow[]> {
  return tx<PackRow[]>`
    select p.id, p.key, p.name, p.size, p.owner_id, k.pack_id is not null as installed, ${fileColumns(tx)}
    from (
      select id from sticker_packs where owner_id is null
      union
      select pack_id from person_sticker_packs where person_id = ${personId}
    ) as shown
    join sticker_packs p on p.id = shown.id
    left join person_sticker_packs k on k.pack_id = p.id and k.person_id = ${personId}
    join files f on f.id = p.icon_file_id join media_blobs b on b.id = f.blob_id
    order by p.owner_id is null desc, k.installed_at desc, p.id
  `;
}

/** Any pack, as `personId` sees it. */
export async function readPack(tx: Tx, personId: string, packId: string): Promise<PackRow | null> {
  const [row] = await tx<PackRow[]>`
    select p.id, p.key, p.name, p.size, p.owner_id, k.pack_id is not null as installed, ${fileColumns(tx)}
    from sticker_packs p
    left join person_sticker_packs k on k.pack_id = p.id and k.person_id = ${personId}
    join files f on f.id = p.icon_file_id join media_blobs b on b.id = f.blob_id
    where p.id = ${packId}
  `;
  return row ?? null;
}

export async function readStickers(tx: Tx, packIds: readonly string[]): Promise<StickerRow[]> {
  return tx<StickerRow[]>`
    select ${stickerColumns(tx)} from ${stickerTables(tx)}
    where s.pack_id = any(${packIds as string[]}::uuid[]) order by s.pack_id, s.n
  `;
}

export async function readSticker(tx: Tx, stickerId: string): Promise<StickerRow | null> {
  const [row] = await tx<StickerRow[]>`
    select ${stickerColumns(tx)} from ${stickerTables(tx)} where s.id = ${stickerId}
  `;
  return row ?? null;
}

/** A sticker that a person may send: of a built-in pack, an installed pack, or their favourites. */
export async function readUsableSticker(tx: Tx, personId: string, stickerId: string): Promise<StickerRow | null> {
  const [row] = await tx<StickerRow[]>`
    select ${stickerColumns(tx)} from ${stickerTables(tx)}
    where s.id = ${stickerId} and (
      p.owner_id is null
      or exists (select from person_sticker_packs k where k.pack_id = p.id and k.person_id = ${personId})
      or exists (select from favourite_stickers l where l.sticker_id = s.id and l.person_id = ${personId}))
  `;
  return row ?? null;
}

export async function readFavourites(tx: Tx, personId: string): Promise<StickerRow[]> {
  return tx<StickerRow[]>`
    select ${stickerColumns(tx)} from ${stickerTables(tx)}
    join favourite_stickers l on l.sticker_id = s.id and l.person_id = ${personId}
    order by l.created_at desc, s.id
  `;
}

/** How many packs a person has installed, and how many they made. */
export async function countPacks(tx: Tx, personId: string): Promise<{ installed: number; own: number }> {
  const [row] = await tx<{ installed: number; own: number }[]>`
    select count(*)::int as installed, count(*) filter (
      where (select p.owner_id from sticker_packs p where p.id = k.pack_id) = ${personId})::int as own
    from person_sticker_packs k where k.person_id = ${personId}
  `;
  return row ?? { installed: 0, own: 0 };
}

export async function insertKept(tx: Tx, personId: string, packId: string): Promise<void> {
  await tx`
    insert into person_sticker_packs (person_id, pack_id) values (${personId}, ${packId}) on conflict do nothing
  `;
}

export async function deleteKept(tx: Tx, personId: string, packId: string): Promise<void> {
  await tx`delete from person_sticker_packs where person_id = ${personId} and pack_id = ${packId}`;
}

export async function countFavourites(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from favourite_stickers where person_id = ${personId}
  `;
  return row?.count ?? 0;
}

export async function insertFavourite(tx: Tx, personId: string, stickerId: string): Promise<void> {
  await tx`
    insert into favourite_stickers (person_id, sticker_id) values (${personId}, ${stickerId}) on conflict do nothing
  `;
}

export async function deleteFavourite(tx: Tx, personId: string, stickerId: string): Promise<void> {
  await tx`delete from favourite_stickers where person_id = ${personId} and sticker_id = ${stickerId}`;
}

export type NewPack = {
  id: string;
  key: string;
  name: string;
  ownerId: string;
  size: string;
  iconFileId: string;
  stickers: readonly { key: string; label: string; fileId: string }[];
};

export async function insertPack(tx: Tx, pack: NewPack): Promise<void> {
  await tx`
    insert into sticker_packs (id, key, name, owner_id, size, icon_file_id)
    values (${pack.id}, ${pack.key}, ${pack.name}, ${pack.ownerId}, ${pack.size}, ${pack.iconFileId})
  `;
  const column = (name: "key" | "label" | "fileId") => pack.stickers.map((one) => one[name]);
  await tx`
    insert into stickers (pack_id, n, key, label, file_id)
    select ${pack.id}, i.n, i.key, i.label, i.file_id
    from unnest(${column("key")}::text[], ${column("label")}::text[], ${column("fileId")}::uuid[])
      with ordinality as i (key, label, file_id, n)
  `;
}

export type OwnPack = {
  key: string;
  name: string;
  size: string;
  iconFileId: string;
  stickers: readonly { key: string; fileId: string }[];
};

/** A pack that came with the product, as it is now. Its stickers keep their ids. */
export async function writeOwnPack(tx: Tx, pack: OwnPack): Promise<void> {
  const [row] = await tx<{ id: string }[]>`
    insert into sticker_packs (key, name, size, icon_file_id)
    values (${pack.key}, ${pack.name}, ${pack.size}, ${pack.iconFileId})
    on conflict (key) where owner_id is null
      do update set name = excluded.name, size = excluded.size, icon_file_id = excluded.icon_file_id
    returning id
  `;
  if (!row) throw new Error("insert returned no pack");
  await tx`
    insert into stickers (pack_id, n, key, label, file_id)
    select ${row.id}, i.n, i.key, i.key, i.file_id
    from unnest(${pack.stickers.map(({ key }) => key)}::text[], ${pack.stickers.map(({ fileId }) => fileId)}::uuid[])
      with ordinality as i (key, file_id, n)
    on conflict (pack_id, key) do update set n = excluded.n, file_id = excluded.file_id
  `;
}

/** The file of the product's own that has these bytes. */
export async function findOwnFile(tx: Tx, sha256: Buffer): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`
    select f.id from files f join media_blobs b on b.id = f.blob_id
    where f.owner_id is null and f.purpose = 'sticker' and b.sha256 = ${sha256} limit 1
  `;
  return row?.id ?? null;
}
