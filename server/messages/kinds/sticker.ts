import { sql } from "#server/db/sql.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";
import { Refusal } from "#server/refusal.ts";
import { readUsableSticker } from "#server/stickers/store.ts";
import { toSticker } from "#server/stickers/view.ts";

/** A sticker of a pack that I have. Refuses `not_found` for any other. */
export const resolveSticker: ResolveDraft<"sticker"> = async ({ me, draft: { stickerId } }) => {
  const row = await readUsableSticker(sql(), me.personId, stickerId);
  if (!row) throw new Refusal("not_found");
  const { packId, label, picture } = toSticker(row);
  return { kind: "sticker", stickerId, packId, label, picture };
};
