import { limits } from "#contracts/limits.ts";
import { publishJoinRequest } from "#server/communities/publish.ts";
import type { CommunityState } from "#server/communities/store.ts";
import { decideJoinRequest, isBanned } from "#server/communities/store.ts";
import { addMember, addNotice, commitChanges, type Ledger } from "#server/conversations/ledger.ts";
import type { Tx } from "#server/db/sql.ts";
import { publishInboxAdded } from "#server/friends/publish.ts";
import type { PeopleLedger } from "#server/people/ledger.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Lets one person in: membership, notice, the end of their request, and their inbox. The conversation's ledger is open
 * and closed here, and the ban is asked under its lock (`community_banned`); people (the newcomer, and those who decide
 * when there was a request: `withDeciders`) stay open for the operation.
 */
export async function admit(
  tx: Tx,
  ledger: Ledger,
  people: PeopleLedger,
  community: CommunityState,
  personId: string,
): Promise<void> {
  if (await isBanned(tx, community.id, personId)) throw new Refusal("community_banned");
  if (ledger.conversation.memberCount >= limits.communityMembers) {
    throw new Refusal("community_limit_reached", { max: limits.communityMembers });
  }
  await addMember(tx, ledger, personId, "member", community.historyVisibleToNewMembers);
  await addNotice(tx, ledger, personId, { notice: "member_joined" });
  await commitChanges(tx, ledger);
  if (await decideJoinRequest(tx, community.id, personId, "accepted")) {
    await publishJoinRequest(tx, people, community.id, personId);
  }
  await publishInboxAdded(tx, people, personId, community.id);
}
