import { limits } from "#contracts/limits.ts";
import type { OwnReactions, Reaction, ReactionChange } from "#contracts/messages/message.ts";
import type { Tx } from "#server/db/sql.ts";
import type { MessageRow } from "#server/messages/view.ts";

type ReactionKey = { conversationId: string; seq: number; personId: string; emoji: string };

/** Adds or removes a reaction; false when there was nothing to change. */
export async function writeReaction(
  tx: Tx,
  { conversationId, seq, personId, emoji }: ReactionKey,
  { rev, reacted }: { rev: number; reacted: boolean },
): Promise<boolean> {
  const rows = reacted
    ? await tx`
        insert into message_reactions as r (conversation_id, seq, person_id, emoji, rev)
        values (${conversationId}, ${seq}, ${personId}, ${emoji}, ${rev})
        on conflict (conversation_id, seq, person_id, emoji) do update
          set rev = excluded.rev, created_at = now(), removed_at = null where r.removed_at is not null
        returning 1`
    : await tx`
        update message_reactions set rev = ${rev}, removed_at = now()
        where conversation_id = ${conversationId} and seq = ${seq} and person_id = ${personId} and emoji = ${emoji}
          and removed_at is null
        returning 1`;
  return rows.length > 0;
}

/** Deletes all reactions of a message that is recalled. */
export async function deleteReactions(tx: Tx, conversationId: string, seq: number): Promise<void> {
  await tx`delete from message_reactions where conversation_id = ${conversationId} and seq = ${seq}`;
}

/** The reactions of a message, counted by emoji, in the order in which each emoji came first. */
export async function countReactions(tx: Tx, conversationId: string, seq: number): Promise<Reaction[]> {
  return tx<Reaction[]>`
    select r.emoji, count(*)::int as count,
      (array_agg(r.person_id order by r.created_at, r.person_id))[:${limits.reactors}::int] as person_ids
    from message_reactions r
    where r.conversation_id = ${conversationId} and r.seq = ${seq} and r.removed_at is null
    group by r.emoji order by min(r.created_at), r.emoji
  `;
}

/** The reactions of one person to messages from `first` to `last`. */
export async function readOwnReactions(
  tx: Tx,
  conversationId: string,
  personId: string,
  { first, last }: { first: number; last: number },
): Promise<OwnReactions[]> {
  return tx<OwnReactions[]>`
    select r.seq, array_agg(r.emoji order by r.created_at, r.emoji) as emoji from message_reactions r
    where r.conversation_id = ${conversationId} and r.seq between ${first} and ${last} and r.person_id = ${personId}
      and r.removed_at is null
    group by r.seq order by r.seq
  `;
}

/** Reactions that were added or removed after `rev`, in rev order. `rev > 0` is what their index asks for. */
export async function readReactionChanges(tx: Tx, conversationId: string, rev: number) {
  return tx<(ReactionChange & { seq: number })[]>`
    select r.seq, r.person_id, r.emoji, r.removed_at is null as reacted from message_reactions r
    where r.conversation_id = ${conversationId} and r.rev > ${rev} and r.rev > 0
    order by r.rev, r.person_id, r.emoji
  `;
}

/** All reactions of one person to these messages, also those that were removed, in rev order. */
export async function readReactionsOf(tx: Tx, conversationId: string, personId: string, seqs: readonly number[]) {
  return tx<(ReactionChange & { seq: number })[]>`
    select r.seq, r.person_id, r.emoji, r.removed_at is null as reacted from unnest(${seqs as number[]}::int[]) as s (seq)
    cross join lateral (
      select * from message_reactions
      where conversation_id = ${conversationId} and seq = s.seq and person_id = ${personId} offset 0) r
    order by r.rev, r.emoji
  `;
}

/** Keeps the present version of a message, which the change with `rev` replaces. */
export async function insertEdit(tx: Tx, row: MessageRow, rev: number): Promise<void> {
  await tx`
    insert into message_edits (conversation_id, seq, rev, content, written_at)
    values (${row.conversationId}, ${row.seq}, ${rev}, ${tx.json(row.content)}, ${row.editedAt ?? row.sentAt})
  `;
}

/** The earlier versions of a message, oldest first; at most `limits.edits`. */
export async function readEdits(tx: Tx, conversationId: string, seq: number) {
  return tx<{ content: { kind: string }; writtenAt: Date }[]>`
    select content, written_at from message_edits where conversation_id = ${conversationId} and seq = ${seq} order by rev
  `;
}

export async function countEdits(tx: Tx, conversationId: string, seq: number): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from message_edits where conversation_id = ${conversationId} and seq = ${seq}
  `;
  return row?.count ?? 0;
}

/** Deletes the earlier versions of a message that is recalled. */
export async function deleteEdits(tx: Tx, conversationId: string, seq: number): Promise<void> {
  await tx`delete from message_edits where conversation_id = ${conversationId} and seq = ${seq}`;
}
