import { isReason } from "#contracts/refusals.ts";
import { type MembershipState, readMembership } from "#server/conversations/members/store.ts";
import { readWriteRefusal } from "#server/conversations/store.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

/** The one way into a conversation. One that I am not in answers exactly like one that does not exist. */
export async function authorizeMember(tx: Tx, me: Me, conversationId: string): Promise<MembershipState> {
  const membership = await readMembership(tx, conversationId, me.personId);
  if (!membership) throw new Refusal("not_found");
  return membership;
}

/** Refuses where I may not write now: the rule that sending and typing follow too (prisma/functions/write_refusal.sql). */
export async function authorizeWriter(tx: Tx, me: Me, conversationId: string): Promise<void> {
  const { reason, retryAfter } = await readWriteRefusal(tx, conversationId, me.personId);
  if (reason === null) return;
  throw new Refusal(isReason(reason) ? reason : "internal_error", retryAfter === null ? {} : { retryAfter });
}
