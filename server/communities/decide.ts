import { admit } from "#server/communities/admit.ts";
import { authorizeOwner } from "#server/communities/authorize.ts";
import { publishJoinRequest } from "#server/communities/publish.ts";
import { decideJoinRequest, readCommunity, readJoinRequest } from "#server/communities/store.ts";
import { beginChanges } from "#server/conversations/ledger.ts";
import { sql, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

type Asker = { communityId: string; personId: string };

/** The owner lets an asker in. Refuses `request_not_found` when nothing is pending. */
export async function acceptJoin(me: Me, input: Asker): Promise<{ done: true }> {
  // First, so that only owners learn whether an id exists.
  await authorizeOwner(sql(), me, input.communityId);
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId, input.personId], "request_not_found");
    const ledger = await beginChanges(tx, input.communityId);
    const community = await authorizeOwner(tx, me, input.communityId);
    const request = await readJoinRequest(tx, input.communityId, input.personId);
    if (request?.status !== "pending") throw new Refusal("request_not_found");
    await admit(tx, ledger, people, community, input.personId);
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}

/** The owner says no; the asker may ask again. */
export async function refuseJoin(me: Me, input: Asker): Promise<{ done: true }> {
  // First, so that only owners learn whether an id exists.
  await authorizeOwner(sql(), me, input.communityId);
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId, input.personId], "request_not_found");
    await beginChanges(tx, input.communityId);
    await authorizeOwner(tx, me, input.communityId);
    if (!(await decideJoinRequest(tx, input.communityId, input.personId, "refused"))) {
      throw new Refusal("request_not_found");
    }
    await publishJoinRequest(tx, people, input.communityId, input.personId);
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}

/** I no longer want in. */
export async function withdrawJoin(me: Me, input: { communityId: string }): Promise<{ done: true }> {
  const seen = await readCommunity(sql(), me.personId, { id: input.communityId });
  if (!seen?.requested) throw new Refusal("request_not_found");
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId, seen.ownerId]);
    if (!(await decideJoinRequest(tx, input.communityId, me.personId, "withdrawn"))) {
      throw new Refusal("request_not_found");
    }
    await publishJoinRequest(tx, people, input.communityId, me.personId);
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}
