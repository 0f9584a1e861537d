import type { Tx } from "#server/db/sql.ts";
import type { ReadyFile } from "#server/media/access/store.ts";

/** What a page said, without its picture. */
export type PageWords = { title: string; description: string; site: string };
export type PreviewRow = { fetchedAt: Date | null; card: PageWords | null; picture: ReadyFile | null };

export async function readPreview(tx: Tx, url: string): Promise<PreviewRow | null> {
  const [row] = await tx<PreviewRow[]>`
    select l.fetched_at, l.card, case when b.id is null then null else jsonb_build_object(
      'fileId', f.id, 'name', f.name, 'purpose', f.purpose, 'blobId', b.id, 'mediaKind', b.media_kind, 'type', b.type,
      'bytes', b.bytes, 'metadata', b.metadata) end as picture
    from link_previews l left join files f on f.id = l.picture_id left join media_blobs b on b.id = f.blob_id
    where l.url = ${url}
  `;
  return row ?? null;
}

/** True when the page was never asked for, or what is stored is older than `hours`: `claimPreview` would take it. */
export async function isPreviewWanted(tx: Tx, url: string, hours: number): Promise<boolean> {
  const [row] = await tx<{ wanted: boolean }[]>`
    select not exists (
      select from link_previews
      where url = ${url} and (fetched_at is null or fetched_at >= now() - make_interval(hours => ${hours}))
    ) as wanted
  `;
  return row?.wanted === true;
}

/** True when this call must fetch the page: the first one, or the stored preview is too old. */
export async function claimPreview(tx: Tx, url: string, hours: number): Promise<boolean> {
  const rows = await tx`
    insert into link_previews as l (url) values (${url})
    on conflict (url) do update set fetched_at = null
      where l.fetched_at < now() - make_interval(hours => ${hours})
    returning url
  `;
  return rows.length > 0;
}

export async function writePreview(
  tx: Tx,
  url: string,
  card: PageWords | null,
  pictureId: string | null,
): Promise<void> {
  await tx`
    update link_previews set card = ${card ? tx.json(card) : null}, picture_id = ${pictureId}, fetched_at = now()
    where url = ${url}
  `;
}
