import type { MessageRecordOutput } from "#contracts/messages/forward.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readRecord } from "#server/messages/forward/store.ts";
import { mayRead } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

/** The messages inside a record, oldest first. Refuses `not_found` for what I may not read and for other kinds. */
export async function readRecordItems(
  me: Me,
  { conversationId, seq }: { conversationId: string; seq: number },
): Promise<MessageRecordOutput> {
  return snapshot(async (tx) => {
    if (!(await mayRead(tx, conversationId, me.personId, seq))) throw new Refusal("not_found");
    const items = await readRecord(tx, conversationId, seq);
    if (!items) throw new Refusal("not_found");
    return { items };
  });
}
