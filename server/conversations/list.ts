import type { ConversationList } from "#contracts/conversations.ts";
import { readInbox, readPersonRev } from "#server/conversations/store.ts";
import { toConversation } from "#server/conversations/view.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";

/** All my conversations, newest activity first, and my own rev, from one snapshot. */
export async function listConversations(me: Me): Promise<ConversationList> {
  return snapshot(async (tx) => ({
    rev: await readPersonRev(tx, me.personId),
    conversations: (await readInbox(tx, me.personId)).map(toConversation),
  }));
}
