import { findNotes } from "#server/conversations/store.ts";
import { sql } from "#server/db/sql.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";
import { readLine } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

/** What the message says now, as far as I may read it. Refuses `forbidden` outside my notes. */
export const resolveReminder: ResolveDraft<"reminder"> = async ({ me, conversationId, draft: { of } }) => {
  if ((await findNotes(sql(), me.personId)) !== conversationId) throw new Refusal("forbidden");
  return { kind: "reminder", of, line: await readLine(sql(), of.conversationId, me.personId, of.seq) };
};
