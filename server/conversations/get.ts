import type { Conversation } from "#contracts/conversations.ts";
import { readInbox } from "#server/conversations/store.ts";
import { toConversation } from "#server/conversations/view.ts";
import { sql, type Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

/** One conversation as I see it; `not_found` when I am not in it. */
export async function getConversation(me: Me, input: { conversationId: string }): Promise<Conversation> {
  return conversationOf(sql(), me.personId, input.conversationId);
}

/** The same inside a transaction, for operations that publish a new conversation to a member. */
export async function conversationOf(tx: Tx, personId: string, conversationId: string): Promise<Conversation> {
  const [row] = await readInbox(tx, personId, conversationId);
  if (!row) throw new Refusal("not_found");
  return toConversation(row);
}
