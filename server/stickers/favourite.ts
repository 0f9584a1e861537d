import { limits } from "#contracts/limits.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { lockPeople } from "#server/people/store.ts";
import { Refusal } from "#server/refusal.ts";
import { countFavourites, insertFavourite, readSticker } from "#server/stickers/store.ts";

/** Puts a sticker, of whichever pack, among my favourites. Refuses `not_found`, `favourites_limit_reached`. */
export async function favouriteSticker(me: Me, { stickerId }: { stickerId: string }): Promise<{ done: true }> {
  await transaction(async (tx) => {
    await lockPeople(tx, [me.personId]);
    if (!(await readSticker(tx, stickerId))) throw new Refusal("not_found");
    await insertFavourite(tx, me.personId, stickerId);
    if ((await countFavourites(tx, me.personId)) > limits.stickers.favourites)
      throw new Refusal("favourites_limit_reached");
  });
  return { done: true };
}
