import { authorizeMember, type MyCommunity } from "#server/communities/authorize.ts";
import { mayInvite } from "#server/communities/invites/rules.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

/** A community that I may invite to now. Call it under the conversation's lock when the answer must hold. */
export async function authorizeInviter(tx: Tx, me: Me, communityId: string): Promise<MyCommunity> {
  const row = await authorizeMember(tx, me, communityId);
  if (row.closedAt) throw new Refusal("conversation_closed");
  if (!mayInvite(row)) throw new Refusal("forbidden");
  return row;
}
