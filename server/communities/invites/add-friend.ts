import type { AddFriendInput, AddFriendOutput } from "#contracts/invites.ts";
import { admit } from "#server/communities/admit.ts";
import { withDeciders } from "#server/communities/deciders.ts";
import { readAddedBy } from "#server/communities/invites/store.ts";
import { authorizePermission } from "#server/communities/rights.ts";
import { beginChanges } from "#server/conversations/ledger.ts";
import { readMembership } from "#server/conversations/members/store.ts";
import { sql, type Tx } from "#server/db/sql.ts";
import { readStanding } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { commitPeopleChanges, type PeopleLedger } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Adds a friend to a community, where they let friends do so; one who wants to be asked is not added (`asks`). A member is
 * `added` already. Refuses `not_found` and `forbidden` where I may not invite, `not_friends`, `recipient_refuses` for one who
 * is not to be added, also where one of us blocked the other, what `admit` refuses, and `rate_limited`.
 */
export async function addFriend(me: Me, { communityId, personId }: AddFriendInput): Promise<AddFriendOutput> {
  await consumeRateLimit(`add:${me.personId}`, rates.invite);
  // First, so that only those who may invite learn more.
  await authorizePermission(sql(), me, communityId, "invite");
  // A request of the friend may end, which the people who decide are told.
  const add = async (tx: Tx, people: PeopleLedger): Promise<AddFriendOutput> => {
    const ledger = await beginChanges(tx, communityId);
    const community = await authorizePermission(tx, me, communityId, "invite");
    const standing = await readStanding(tx, me.personId, personId);
    if (!standing.friends) throw new Refusal("not_friends");
    if (standing.blockedByMe || standing.blockedByThem) throw new Refusal("recipient_refuses");
    if (await readMembership(tx, communityId, personId)) return { outcome: "added" };
    const addedBy = await readAddedBy(tx, personId);
    if (addedBy === "nobody") throw new Refusal("recipient_refuses");
    if (addedBy === "ask") return { outcome: "asks" };
    await admit(tx, ledger, people, community, personId);
    await commitPeopleChanges(tx, people);
    return { outcome: "added" };
  };
  return withDeciders(communityId, [me.personId, personId], add, { missing: "not_friends" });
}
