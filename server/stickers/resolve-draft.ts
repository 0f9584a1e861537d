import type { ContentOf } from "#contracts/kinds/index.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";
import { readUsableSticker } from "#server/stickers/store.ts";
import { toSticker } from "#server/stickers/view.ts";

/** What is stored for a sticker that I have. Refuses `not_found` for any other. */
export async function resolveSticker(me: Me, stickerId: string): Promise<ContentOf<"sticker">> {
  const row = await readUsableSticker(sql(), me.personId, stickerId);
  if (!row) throw new Refusal("not_found");
  const { packId, label, picture } = toSticker(row);
  return { kind: "sticker", stickerId, packId, label, picture };
}
