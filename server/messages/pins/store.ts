import { limits } from "#contracts/limits.ts";
import type { Tx } from "#server/db/sql.ts";
import { messageColumns } from "#server/messages/store.ts";
import type { MessageRow } from "#server/messages/view.ts";

/** Whether a member may pin: each of the two in a direct conversation, who may pin in a community, I in my notes. */
export async function mayPin(tx: Tx, conversationId: string, personId: string): Promise<boolean> {
  const [row] = await tx`
    select from memberships m join conversations c on c.id = m.conversation_id
    where m.conversation_id = ${conversationId} and m.person_id = ${personId} and m.left_at is null
      and (c.kind <> 'community' or 'pin' = any ((select r.permissions from community_rights(c.id, m.person_id) r)::text[]))
  `;
  return row !== undefined;
}

export async function countPinned(tx: Tx, conversationId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from messages m
    where m.conversation_id = ${conversationId} and m.pinned_at is not null
  `;
  return row?.count ?? 0;
}

/**
 * The pinned messages from `visibleFromSeq`, the last pinned first. `offset 0`: the few pinned are read by their index,
 * not all that the member may read.
 */
export async function readPinned(tx: Tx, conversationId: string, visibleFromSeq: number): Promise<MessageRow[]> {
  return tx<MessageRow[]>`
    select m.* from (
      select ${messageColumns(tx)} from messages m
      where m.conversation_id = ${conversationId} and m.pinned_at is not null
      offset 0) as m
    where m.seq >= ${visibleFromSeq}
    order by m.pinned_at desc, m.seq desc limit ${limits.pinnedMessages}
  `;
}
