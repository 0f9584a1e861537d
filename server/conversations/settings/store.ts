import type { ConversationSettings } from "#contracts/conversations.ts";
import type { Listed } from "#server/conversations/settings/settings-after.ts";
import { type SettingsRow, toSettings } from "#server/conversations/settings/view.ts";
import type { Tx } from "#server/db/sql.ts";

export const settingsColumns = (tx: Tx) =>
  tx`s.pinned, s.muted, s.muted_until, s.except_mentions, s.archived_at, s.hidden_at, s.marked_unread_seq,
    s.hidden_unread, s.shown_of_seq, s.shown_seq`;

/** When the last message was sent, or the member joined, as the list shows it. */
export const lastMessageAt = (tx: Tx) => tx`greatest(c.last_message_at, m.joined_at)`;

/** Null for strangers and for people who left. */
export async function readListed(tx: Tx, personId: string, conversationId: string): Promise<Listed | null> {
  const [row] = await tx<(SettingsRow & { lastMessageAt: Date; lastReadSeq: number; lastSeq: number })[]>`
    select ${settingsColumns(tx)}, ${lastMessageAt(tx)} as last_message_at, m.last_read_seq, c.last_seq
    from memberships m join conversations c on c.id = m.conversation_id
    left join conversation_settings s on s.person_id = m.person_id and s.conversation_id = m.conversation_id
    where m.conversation_id = ${conversationId} and m.person_id = ${personId} and m.left_at is null
  `;
  if (!row) return null;
  const { lastReadSeq, lastSeq } = row;
  return { settings: toSettings(row), lastMessageAt: row.lastMessageAt.toISOString(), lastReadSeq, lastSeq };
}

export async function countPinned(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from conversation_settings where person_id = ${personId} and pinned
  `;
  return row?.count ?? 0;
}

export async function writeSettings(
  tx: Tx,
  personId: string,
  conversationId: string,
  { pinned, muted, archivedAt, hiddenAt, markedUnreadSeq }: ConversationSettings,
): Promise<void> {
  await tx`
    insert into conversation_settings (person_id, conversation_id, pinned, muted, muted_until, except_mentions,
      archived_at, hidden_at, marked_unread_seq)
    values (${personId}, ${conversationId}, ${pinned}, ${muted !== null}, ${muted?.until ?? null},
      ${muted?.exceptMentions ?? false}, ${archivedAt}, ${hiddenAt}, ${markedUnreadSeq})
    on conflict (person_id, conversation_id) do update set pinned = excluded.pinned, muted = excluded.muted,
      muted_until = excluded.muted_until, except_mentions = excluded.except_mentions,
      archived_at = excluded.archived_at, hidden_at = excluded.hidden_at,
      marked_unread_seq = excluded.marked_unread_seq
  `;
}

/** What follows from the messages that a person deleted for themselves. */
export async function writeHidden(
  tx: Tx,
  personId: string,
  conversationId: string,
  { hiddenUnread, lastVisible }: ConversationSettings,
): Promise<void> {
  await tx`
    insert into conversation_settings (person_id, conversation_id, hidden_unread, shown_of_seq, shown_seq)
    values (${personId}, ${conversationId}, ${hiddenUnread}::int[], ${lastVisible?.lastSeq ?? null},
      ${lastVisible?.seq ?? null})
    on conflict (person_id, conversation_id) do update set hidden_unread = excluded.hidden_unread,
      shown_of_seq = excluded.shown_of_seq, shown_seq = excluded.shown_seq
  `;
}

/** Of a member who leaves: they come back to a conversation like any other. */
export async function deleteSettings(tx: Tx, personId: string, conversationId: string): Promise<void> {
  await tx`delete from conversation_settings where person_id = ${personId} and conversation_id = ${conversationId}`;
}
