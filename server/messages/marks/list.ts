import { limits } from "#contracts/limits.ts";
import type { MessageMarks, StarredInput, StarredPage } from "#contracts/messages/marks.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { readPersonRev } from "#server/conversations/store.ts";
import { snapshot, sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readAnswers } from "#server/messages/answers/list.ts";
import { readMarks, readStarred } from "#server/messages/marks/store.ts";
import { toMessage } from "#server/messages/view.ts";

/** What I deleted for me, starred, heard and answered in a conversation, with my own rev. Refuses `not_found`. */
export async function listMarks(me: Me, { conversationId }: { conversationId: string }): Promise<MessageMarks> {
  return snapshot(async (tx) => {
    await authorizeMember(tx, me, conversationId);
    const marks = await readMarks(tx, { personId: me.personId, conversationId });
    const answers = await readAnswers(tx, { personId: me.personId, conversationId });
    return { rev: await readPersonRev(tx, me.personId), ...marks, answers };
  });
}

/** A page of my starred messages, the last starred first: those that I may read now, as they are now. */
export async function listStarred(me: Me, { after, limit = limits.page.default }: StarredInput): Promise<StarredPage> {
  const rows = await readStarred(sql(), me.personId, after ?? null, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    messages: page.map((row) => ({ message: toMessage(row), starredAt: row.starredAt.toISOString() })),
    next:
      last && rows.length > limit
        ? { starredAt: last.starredAt.toISOString(), conversationId: last.conversationId, seq: last.seq }
        : null,
  };
}
