import type { Person } from "#contracts/people.ts";
import { authorizeOwner } from "#server/communities/authorize.ts";
import { deleteBan, readBanned } from "#server/communities/store.ts";
import { beginChanges } from "#server/conversations/ledger.ts";
import { snapshot, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { toPerson } from "#server/people/view.ts";

/** For the owner: whom they removed and have not let back in, the latest first. */
export async function listBanned(me: Me, input: { communityId: string }): Promise<{ people: Person[] }> {
  return snapshot(async (tx) => {
    await authorizeOwner(tx, me, input.communityId);
    return { people: (await readBanned(tx, input.communityId)).map(toPerson) };
  });
}

/** The owner lets a removed person come back, by the ways that are open to anybody. Twice is once. */
export async function liftBan(me: Me, input: { communityId: string; personId: string }): Promise<{ done: true }> {
  return transaction(async (tx) => {
    await beginChanges(tx, input.communityId);
    await authorizeOwner(tx, me, input.communityId);
    await deleteBan(tx, input.communityId, input.personId);
    return { done: true };
  });
}
