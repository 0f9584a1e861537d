import type { MessageEditsOutput } from "#contracts/messages/message.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readEdits } from "#server/messages/changes/store.ts";
import { mayRead } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

/** The versions of a message before the present one, oldest first. Refuses `not_found` for what I may not read. */
export async function listEdits(
  me: Me,
  { conversationId, seq }: { conversationId: string; seq: number },
): Promise<MessageEditsOutput> {
  return snapshot(async (tx) => {
    if (!(await mayRead(tx, conversationId, me.personId, seq))) throw new Refusal("not_found");
    const rows = await readEdits(tx, conversationId, seq);
    return { versions: rows.map(({ content, writtenAt }) => ({ content, writtenAt: writtenAt.toISOString() })) };
  });
}
