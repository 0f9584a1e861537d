import type { StickerPack } from "#contracts/stickers.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";
import { readPack, readStickers } from "#server/stickers/store.ts";
import { toPack } from "#server/stickers/view.ts";

/** Packs are open to everyone who knows of them. Refuses `not_found`. */
export async function authorizePack(tx: Tx, me: Me, packId: string): Promise<StickerPack> {
  const pack = await readPack(tx, me.personId, packId);
  if (!pack) throw new Refusal("not_found");
  return toPack(pack, await readStickers(tx, [packId]), me.personId);
}
