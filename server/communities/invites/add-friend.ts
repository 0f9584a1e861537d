import type { AddFriendInput, AddFriendOutput } from "#contracts/invites.ts";
import { admit } from "#server/communities/admit.ts";
import { authorizeInviter } from "#server/communities/invites/authorize.ts";
import { readAddedBy } from "#server/communities/invites/store.ts";
import { beginChanges } from "#server/conversations/ledger.ts";
import { readMembership } from "#server/conversations/members/store.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { readStanding } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges } from "#server/people/ledger.ts";
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
  const { ownerId } = await authorizeInviter(sql(), me, communityId);
  return transaction(async (tx) => {
    // The owner, too: a request of the friend may end, which they are told.
    const people = await beginPeopleChanges(tx, [me.personId, personId, ownerId], "not_friends");
    const ledger = await beginChanges(tx, communityId);
    const community = await authorizeInviter(tx, me, communityId);
    if (!people.revs.has(community.ownerId)) throw new Refusal("not_found");
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
  });
}
