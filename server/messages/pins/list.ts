import type { PinnedMessages } from "#contracts/messages/message.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { readConversationHead } from "#server/conversations/store.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readPinned } from "#server/messages/pins/store.ts";
import { toMessage } from "#server/messages/view.ts";

/** The pinned messages that I may read, the last pinned first. Refuses `not_found`. */
export async function listPinned(me: Me, { conversationId }: { conversationId: string }): Promise<PinnedMessages> {
  return snapshot(async (tx) => {
    const { visibleFromSeq } = await authorizeMember(tx, me, conversationId);
    const { rev } = await readConversationHead(tx, conversationId);
    return { rev, messages: (await readPinned(tx, conversationId, visibleFromSeq)).map(toMessage) };
  });
}
