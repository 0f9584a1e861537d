import type { Member } from "#contracts/communities.ts";
import { type CommunityState, readCommunity } from "#server/communities/store.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

export type MyCommunity = CommunityState & { myRole: Member["role"] };

/** A community that I am in. Any other answers like one that does not exist. */
export async function authorizeMember(tx: Tx, me: Me, communityId: string): Promise<MyCommunity> {
  const row = await readCommunity(tx, me.personId, { id: communityId });
  if (!row?.myRole) throw new Refusal("not_found");
  return { ...row, myRole: row.myRole };
}

/** One that I own and that still lives. Call it under the conversation's lock when the answer must hold. */
export async function authorizeOwner(tx: Tx, me: Me, communityId: string): Promise<MyCommunity> {
  const row = await authorizeMember(tx, me, communityId);
  if (row.myRole !== "owner") throw new Refusal("forbidden");
  if (row.closedAt) throw new Refusal("conversation_closed");
  return row;
}
