import type { StickerPack } from "#contracts/stickers.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { authorizePack } from "#server/stickers/authorize.ts";

/** The pack of a sticker. Refuses `not_found`. */
export async function getPack(me: Me, { packId }: { packId: string }): Promise<StickerPack> {
  return snapshot((tx) => authorizePack(tx, me, packId));
}
