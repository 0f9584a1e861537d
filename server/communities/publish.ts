import { readJoinRequest } from "#server/communities/store.ts";
import { toJoinRequest } from "#server/communities/view.ts";
import type { Tx } from "#server/db/sql.ts";
import { type PeopleLedger, publishToPerson } from "#server/people/ledger.ts";

/** The asker and the owner hear how a request to join stands now. Both are locked in `people`. */
export async function publishJoinRequest(tx: Tx, people: PeopleLedger, communityId: string, askerId: string) {
  const row = await readJoinRequest(tx, communityId, askerId);
  if (!row) return;
  for (const viewerId of [askerId, row.community.ownerId]) {
    publishToPerson(people, viewerId, { type: "join_request.changed", request: toJoinRequest(row, viewerId) });
  }
}
