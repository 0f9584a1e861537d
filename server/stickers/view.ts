import type { Sticker, StickerPack } from "#contracts/stickers.ts";
import { toPicture } from "#server/media/ready-files.ts";
import type { PackRow, StickerRow } from "#server/stickers/store.ts";

export function toSticker(row: StickerRow): Sticker {
  const { id, packId, ours, key, label } = row;
  return { id, packId, key: ours ? key : null, label, picture: toPicture(row) };
}

export function toPack(row: PackRow, stickers: readonly StickerRow[], personId: string): StickerPack {
  return {
    id: row.id,
    key: row.ownerId === null ? row.key : null,
    name: row.name,
    size: row.size,
    icon: toPicture(row),
    installed: row.installed,
    mine: row.ownerId === personId,
    stickers: stickers.filter(({ packId }) => packId === row.id).map(toSticker),
  };
}
