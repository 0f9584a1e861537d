import { limits } from "#contracts/limits.ts";
import type { MentionedInput, MentionedPage } from "#contracts/messages/mentioned.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readMentioned } from "#server/messages/mentions/store.ts";
import { toMessage } from "#server/messages/view.ts";

/**
 * A page of the messages that mention me, the last sent first: those that I may read now, as they are now. What I may not
 * read makes a page shorter, even empty, while more follow.
 */
export async function listMentioned(
  me: Me,
  { after, limit = limits.page.default }: MentionedInput,
): Promise<MentionedPage> {
  const rows = await readMentioned(sql(), me.personId, after ?? null, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    messages: page.flatMap((row) => (row.seq === null ? [] : [toMessage(row)])),
    next:
      last && rows.length > limit
        ? { sentAt: last.atTime.toISOString(), conversationId: last.atConversation, seq: last.atSeq }
        : null,
  };
}
