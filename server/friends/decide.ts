import { transaction } from "#server/db/sql.ts";
import { publishRequest } from "#server/friends/publish.ts";
import { decideRequest } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/** Refuses the pending request of `personId`; they may ask again. */
export async function refuseFriend(me: Me, input: { personId: string }): Promise<{ done: true }> {
  return endRequest(input.personId, me.personId, "refused");
}

/** Takes back my pending request to `personId`. */
export async function withdrawRequest(me: Me, input: { personId: string }): Promise<{ done: true }> {
  return endRequest(me.personId, input.personId, "withdrawn");
}

async function endRequest(fromId: string, toId: string, status: "refused" | "withdrawn"): Promise<{ done: true }> {
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [fromId, toId], "request_not_found");
    if (!(await decideRequest(tx, fromId, toId, status))) throw new Refusal("request_not_found");
    await publishRequest(tx, people, fromId, toId);
    await commitPeopleChanges(tx, people);
    return { done: true };
  });
}
