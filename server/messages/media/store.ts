import type { MediaGroup } from "#contracts/messages/media.ts";
import type { Tx } from "#server/db/sql.ts";
import { messageColumns } from "#server/messages/store.ts";
import type { MessageRow } from "#server/messages/view.ts";

export type MediaScope = { personId: string; conversationId: string; of: MediaGroup };

/** Word for word the conditions of the partial indexes, so that a page reads only messages of its group. */
function isOf(tx: Tx, of: MediaGroup) {
  switch (of) {
    case "pictures":
      return tx`m.kind in ('image', 'video')`;
    case "files":
      return tx`m.kind = 'file'`;
    case "links":
      return tx`(m.kind in ('link', 'news') or m.kind = 'text' and m.content ->> 'text' like '%://%')`;
    case "voices":
      return tx`m.kind = 'voice'`;
  }
}

/**
 * What a member may read now of a group: nothing below their visible range, nothing that they deleted for themselves;
 * what was recalled is of another kind. A person who is no member has no range, so there is nothing.
 */
const ofMember = (tx: Tx, { personId, conversationId, of }: MediaScope) => tx`
  m.conversation_id = ${conversationId} and ${isOf(tx, of)}
  and m.seq >= (
    select o.visible_from_seq from memberships o
    where o.conversation_id = ${conversationId} and o.person_id = ${personId} and o.left_at is null)
  and not exists (
    select from hidden_messages h
    where h.person_id = ${personId} and h.conversation_id = ${conversationId} and h.seq = m.seq)`;

/** Up to `limit` messages below `before`, newest first. */
export async function readMediaBefore(tx: Tx, scope: MediaScope, before: number, limit: number): Promise<MessageRow[]> {
  return tx<MessageRow[]>`
    select ${messageColumns(tx)} from messages m
    where ${ofMember(tx, scope)} and m.seq < ${before}
    order by m.seq desc limit ${limit}
  `;
}

/** Up to `limit` messages above `after`, oldest first. */
export async function readMediaAfter(tx: Tx, scope: MediaScope, after: number, limit: number): Promise<MessageRow[]> {
  return tx<MessageRow[]>`
    select ${messageColumns(tx)} from messages m
    where ${ofMember(tx, scope)} and m.seq > ${after}
    order by m.seq limit ${limit}
  `;
}
