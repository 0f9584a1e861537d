import { limits } from "#contracts/limits.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { lockPeople } from "#server/people/store.ts";
import { Refusal } from "#server/refusal.ts";
import { countKept, insertKept, readPack } from "#server/stickers/store.ts";

/** Takes a pack into my panel; one that I have stays. Refuses `not_found`, `packs_limit_reached`. */
export async function keepPack(me: Me, { packId }: { packId: string }): Promise<{ done: true }> {
  await transaction(async (tx) => {
    await lockPeople(tx, [me.personId]);
    const pack = await readPack(tx, me.personId, packId);
    if (!pack) throw new Refusal("not_found");
    // Everybody has ours.
    if (pack.kept || pack.ownerId === null) return;
    if ((await countKept(tx, me.personId)).kept >= limits.stickers.keptPacks) throw new Refusal("packs_limit_reached");
    await insertKept(tx, me.personId, packId);
  });
  return { done: true };
}
