import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { deleteKept } from "#server/stickers/store.ts";

/** Takes a pack out of my panel. It stays with others who keep it, and in messages. Refuses nothing. */
export async function removePack(me: Me, { packId }: { packId: string }): Promise<{ done: true }> {
  await transaction((tx) => deleteKept(tx, me.personId, packId));
  return { done: true };
}
