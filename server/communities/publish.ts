import { lockedDeciders } from "#server/communities/deciders.ts";
import { readJoinRequest } from "#server/communities/store.ts";
import { toJoinRequest } from "#server/communities/view.ts";
import type { Tx } from "#server/db/sql.ts";
import { type PeopleLedger, publishToPerson } from "#server/people/ledger.ts";

/** The asker and the people who decide hear how a request to join stands now. For operations that run in `withDeciders`. */
export async function publishJoinRequest(tx: Tx, people: PeopleLedger, communityId: string, askerId: string) {
  const row = await readJoinRequest(tx, communityId, askerId);
  if (!row) return;
  for (const viewerId of new Set([askerId, ...(await lockedDeciders(tx, people, communityId))])) {
    publishToPerson(people, viewerId, { type: "join_request.changed", request: toJoinRequest(row, viewerId) });
  }
}
