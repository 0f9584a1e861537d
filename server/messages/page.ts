import { limits } from "#contracts/limits.ts";
import type { MessagePage, MessagePageInput } from "#contracts/messages/message.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { readConversationHead } from "#server/conversations/store.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readOwnReactions } from "#server/messages/changes/store.ts";
import { readNewer, readOlder } from "#server/messages/store.ts";
import { toMessage } from "#server/messages/view.ts";

/**
 * A page of history in seq order with the head, from one snapshot: before a seq, after a seq, around a seq, or the
 * newest. Never below my `visibleFromSeq`.
 */
export async function pageMessages(me: Me, input: MessagePageInput): Promise<MessagePage> {
  const limit = input.limit ?? limits.page.default;
  return snapshot(async (tx) => {
    const { visibleFromSeq } = await authorizeMember(tx, me, input.conversationId);
    const head = await readConversationHead(tx, input.conversationId);
    const older = (before: number, most: number) =>
      readOlder(tx, input.conversationId, visibleFromSeq, Math.min(before, head.lastSeq + 1), most);
    const newer = (after: number, most: number) =>
      readNewer(tx, input.conversationId, visibleFromSeq, Math.min(after, head.lastSeq), most);
    const rows =
      input.after !== undefined
        ? await newer(input.after, limit)
        : input.around !== undefined
          ? [
              ...(await older(input.around, Math.floor(limit / 2))).reverse(),
              ...(await newer(input.around - 1, Math.ceil(limit / 2))),
            ]
          : (await older(input.before ?? head.lastSeq + 1, limit)).reverse();
    const first = rows.at(0)?.seq ?? input.before ?? (input.after ?? head.lastSeq) + 1;
    const last = rows.at(-1)?.seq ?? (input.before ?? 1) - 1;
    return {
      messages: rows.map(toMessage),
      ownReactions: rows.some((row) => row.reactions)
        ? await readOwnReactions(tx, input.conversationId, me.personId, { first, last })
        : [],
      head,
      hasOlder: first > visibleFromSeq,
      hasNewer: rows.length > 0 ? last < head.lastSeq : input.before !== undefined && head.lastSeq >= input.before,
    };
  });
}
