import type { LockedConversation } from "#server/conversations/store.ts";
import type { Tx } from "#server/db/sql.ts";
import { readWritingState } from "#server/friends/store.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * May I write here? Asked under the conversation's lock, which every verb that changes the answer also takes, so the
 * answer holds until commit.
 */
export async function requireWriting(tx: Tx, me: Me, conversation: LockedConversation): Promise<void> {
  if (conversation.closedAt) throw new Refusal("conversation_closed");
  if (conversation.kind !== "direct") return;
  const state = await readWritingState(tx, conversation.id, me.personId);
  if (!state.friends) throw new Refusal("not_friends");
  if (state.blockedByMe) throw new Refusal("blocked_by_me");
  if (state.blockedByThem) throw new Refusal("not_accepted");
}
