import { limits } from "#contracts/limits.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { lockPeople } from "#server/people/store.ts";
import { Refusal } from "#server/refusal.ts";
import { countPacks, insertKept, readPack } from "#server/stickers/store.ts";

/** Takes a pack into my panel; one that I have stays. Refuses `not_found`, `packs_limit_reached`. */
export async function installPack(me: Me, { packId }: { packId: string }): Promise<{ done: true }> {
  await transaction(async (tx) => {
    await lockPeople(tx, [me.personId]);
    const pack = await readPack(tx, me.personId, packId);
    if (!pack) throw new Refusal("not_found");
    // Everybody has ours.
    if (pack.installed || pack.ownerId === null) return;
    if ((await countPacks(tx, me.personId)).installed >= limits.stickers.installedPacks)
      throw new Refusal("packs_limit_reached");
    await insertKept(tx, me.personId, packId);
  });
  return { done: true };
}
