import { authorizeMember } from "#server/conversations/authorize.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import type { MessageKey } from "#server/messages/answers/store.ts";
import { readMessage } from "#server/messages/store.ts";
import type { MessageRow } from "#server/messages/view.ts";
import { Refusal } from "#server/refusal.ts";

/** A poll or sign-up that I may read. Refuses `not_found`, and `forbidden` for a message of another kind. */
export async function readAsking(
  tx: Tx,
  me: Me,
  { conversationId, seq }: MessageKey,
  kind: "poll" | "signup",
): Promise<MessageRow> {
  const { visibleFromSeq } = await authorizeMember(tx, me, conversationId);
  const row = seq < visibleFromSeq ? null : await readMessage(tx, conversationId, seq);
  if (!row) throw new Refusal("not_found");
  if (row.kind !== kind) throw new Refusal("forbidden");
  return row;
}
