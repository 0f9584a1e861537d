import { type MembershipState, readMembership } from "#server/conversations/store.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

/** The one way into a conversation. One that I am not in answers exactly like one that does not exist. */
export async function authorizeMember(tx: Tx, me: Me, conversationId: string): Promise<MembershipState> {
  const membership = await readMembership(tx, conversationId, me.personId);
  if (!membership) throw new Refusal("not_found");
  return membership;
}
