import type * as z from "zod/mini";
import type { friendRequestOutput } from "#contracts/friends.ts";
import { transaction } from "#server/db/sql.ts";
import { befriend } from "#server/friends/befriend.ts";
import { publishRequest } from "#server/friends/publish.ts";
import { acceptsAutomatically, readStanding, upsertRequest } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Sends a friend request. Makes friends at once (`accepted`) when they had asked me, or accept automatically;
 * both people are locked, so two who ask each other at the same moment become friends too. Asking again renews the
 * note. A person who blocked me is answered like an unknown id: `not_found`.
 */
export async function requestFriend(
  me: Me,
  input: { personId: string; note?: string | undefined },
): Promise<z.infer<typeof friendRequestOutput>> {
  if (input.personId === me.personId) throw new Refusal("cannot_target_self");
  await consumeRateLimit(`request:${me.personId}`, rates.request);
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId, input.personId]);
    const standing = await readStanding(tx, me.personId, input.personId);
    if (standing.blockedByThem) throw new Refusal("not_found");
    if (standing.blockedByMe) throw new Refusal("blocked_by_me");
    if (standing.friends) throw new Refusal("already_friends");
    if (standing.received) {
      return { outcome: "accepted", conversationId: await befriend(tx, people, me.personId, input.personId) };
    }
    if (await acceptsAutomatically(tx, input.personId)) {
      return { outcome: "accepted", conversationId: await befriend(tx, people, input.personId, me.personId) };
    }
    await upsertRequest(tx, me.personId, input.personId, input.note ?? "");
    await publishRequest(tx, people, me.personId, input.personId);
    await commitPeopleChanges(tx, people);
    return { outcome: "requested", conversationId: null };
  });
}
