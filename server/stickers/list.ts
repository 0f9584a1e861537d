import type { StickerList } from "#contracts/stickers.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readFavourites, readPacks, readStickers } from "#server/stickers/store.ts";
import { toPack, toSticker } from "#server/stickers/view.ts";

/** The packs that everybody has, those that I keep, and my favourites, from one snapshot. Refuses nothing. */
export async function listStickers(me: Me): Promise<StickerList> {
  return snapshot(async (tx) => {
    const packs = await readPacks(tx, me.personId);
    const ids = packs.map(({ id }) => id);
    const stickers = await readStickers(tx, ids);
    const favourites = await readFavourites(tx, me.personId);
    return {
      packs: packs.map((pack) => toPack(pack, stickers, me.personId)),
      favourites: favourites.map(toSticker),
    };
  });
}
