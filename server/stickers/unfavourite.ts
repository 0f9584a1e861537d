import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { deleteFavourite } from "#server/stickers/store.ts";

/** Takes a sticker out of my favourites. Refuses nothing. */
export async function unfavouriteSticker(me: Me, { stickerId }: { stickerId: string }): Promise<{ done: true }> {
  await transaction((tx) => deleteFavourite(tx, me.personId, stickerId));
  return { done: true };
}
