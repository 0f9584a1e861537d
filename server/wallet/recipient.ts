import type { PacketSendInput } from "#contracts/wallet.ts";
import { conversationOf } from "#server/conversations/get.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { areMembers } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * The only one who may open what I send; null for everyone in a community. In a direct conversation that is the other.
 * Refuses `not_found` for a conversation or a person that is not there, `cannot_target_self`, and `invalid_shares` when there is
 * more than one share for one person.
 */
export async function recipientOf(tx: Tx, me: Me, input: PacketSendInput): Promise<string | null> {
  const { kind, peer } = await conversationOf(tx, me.personId, input.conversationId);
  if (kind === "notes") throw new Refusal("cannot_target_self");
  const wanted = input.forPersonId ?? peer?.id ?? null;
  if (wanted === null) return null;
  if (wanted === me.personId) throw new Refusal("cannot_target_self");
  if (!(await areMembers(tx, input.conversationId, [wanted]))) throw new Refusal("not_found");
  if (input.shares !== 1) throw new Refusal("invalid_shares");
  return wanted;
}
