import type { JoinDecision } from "#contracts/communities.ts";
import { admit } from "#server/communities/admit.ts";
import { withDeciders } from "#server/communities/deciders.ts";
import { publishJoinRequest } from "#server/communities/publish.ts";
import { authorizePermission } from "#server/communities/rights.ts";
import { decideJoinRequest, readCommunity, readJoinRequest } from "#server/communities/store.ts";
import { beginChanges } from "#server/conversations/ledger.ts";
import { sql, type Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { commitPeopleChanges, type PeopleLedger } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

type Asker = { communityId: string; personId: string };

/** Of a request that was decided already, what became of it. */
async function decided(tx: Tx, { communityId, personId }: Asker): Promise<JoinDecision | null> {
  const request = await readJoinRequest(tx, communityId, personId);
  if (request?.status === "pending") return null;
  if (request?.status !== "accepted" && request?.status !== "refused") throw new Refusal("request_not_found");
  return { done: true, status: request.status };
}

/**
 * Lets an asker in. Where another person who decides was faster, answers what became of the request. Refuses `forbidden`
 * without add, `request_not_found` when there is none, and what `admit` refuses.
 */
export async function acceptJoin(me: Me, input: Asker): Promise<JoinDecision> {
  // First, so that only people who decide learn whether an id exists.
  await authorizePermission(sql(), me, input.communityId, "add");
  const accept = async (tx: Tx, people: PeopleLedger): Promise<JoinDecision> => {
    const ledger = await beginChanges(tx, input.communityId);
    const community = await authorizePermission(tx, me, input.communityId, "add");
    const known = await decided(tx, input);
    if (known) return known;
    await admit(tx, ledger, people, community, input.personId);
    await commitPeopleChanges(tx, people);
    return { done: true, status: "accepted" };
  };
  return withDeciders(input.communityId, [me.personId, input.personId], accept, { missing: "request_not_found" });
}

/** Says no; the asker may ask again. Answers and refuses as `acceptJoin`. */
export async function refuseJoin(me: Me, input: Asker): Promise<JoinDecision> {
  await authorizePermission(sql(), me, input.communityId, "add");
  const refuse = async (tx: Tx, people: PeopleLedger): Promise<JoinDecision> => {
    await beginChanges(tx, input.communityId);
    await authorizePermission(tx, me, input.communityId, "add");
    const known = await decided(tx, input);
    if (known) return known;
    await decideJoinRequest(tx, input.communityId, input.personId, "refused");
    await publishJoinRequest(tx, people, input.communityId, input.personId);
    await commitPeopleChanges(tx, people);
    return { done: true, status: "refused" };
  };
  return withDeciders(input.communityId, [me.personId, input.personId], refuse, { missing: "request_not_found" });
}

/** I no longer want in. */
export async function withdrawJoin(me: Me, input: { communityId: string }): Promise<{ done: true }> {
  const seen = await readCommunity(sql(), me.personId, { id: input.communityId });
  if (!seen?.requested) throw new Refusal("request_not_found");
  return withDeciders(input.communityId, [me.personId], async (tx, people) => {
    // Who decides is known under this lock.
    await beginChanges(tx, input.communityId);
    if (!(await decideJoinRequest(tx, input.communityId, me.personId, "withdrawn"))) {
      throw new Refusal("request_not_found");
    }
    await publishJoinRequest(tx, people, input.communityId, me.personId);
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}
