import type { StarCursor } from "#contracts/messages/marks.ts";
import type { Tx } from "#server/db/sql.ts";
import { messageColumns } from "#server/messages/store.ts";
import type { MessageRow } from "#server/messages/view.ts";

type Key = { personId: string; conversationId: string };

/** Of the message `m`. */
export const notHidden = (tx: Tx, personId: string) => tx`not exists (
  select from hidden_messages h
  where h.person_id = ${personId} and h.conversation_id = m.conversation_id and h.seq = m.seq)`;

/** Of these messages those that a member may read now. */
export async function readMarkable(tx: Tx, personId: string, conversationId: string, seqs: number[]) {
  return tx<{ seq: number; kind: string; hidden: boolean }[]>`
    select m.seq, m.kind, not ${notHidden(tx, personId)} as hidden
    from memberships o join messages m on m.conversation_id = o.conversation_id
    where o.conversation_id = ${conversationId} and o.person_id = ${personId} and o.left_at is null
      and m.seq = any(${seqs}::int[]) and m.seq >= o.visible_from_seq
  `;
}

/** Adds or removes marks; the messages that had it otherwise, rising. */
export async function writeHiddenMarks(tx: Tx, key: Key, seqs: number[], hidden: boolean): Promise<number[]> {
  const rows = hidden
    ? await tx<{ seq: number }[]>`
        insert into hidden_messages (person_id, conversation_id, seq)
        select ${key.personId}, ${key.conversationId}, s.seq from unnest(${seqs}::int[]) as s (seq)
        on conflict do nothing returning seq`
    : await tx<{ seq: number }[]>`
        delete from hidden_messages
        where person_id = ${key.personId} and conversation_id = ${key.conversationId} and seq = any(${seqs}::int[])
        returning seq`;
  return rising(rows);
}

/** Adds or removes stars; the messages that had it otherwise, rising. */
export async function writeStars(tx: Tx, key: Key, seqs: number[], starred: boolean): Promise<number[]> {
  const rows = starred
    ? await tx<{ seq: number }[]>`
        insert into starred_messages (person_id, conversation_id, seq)
        select ${key.personId}, ${key.conversationId}, s.seq from unnest(${seqs}::int[]) as s (seq)
        on conflict do nothing returning seq`
    : await tx<{ seq: number }[]>`
        delete from starred_messages
        where person_id = ${key.personId} and conversation_id = ${key.conversationId} and seq = any(${seqs}::int[])
        returning seq`;
  return rising(rows);
}

/** Adds voice messages that were played; those that were not before, rising. */
export async function writeHeard(tx: Tx, key: Key, seqs: number[]): Promise<number[]> {
  return rising(
    await tx<{ seq: number }[]>`
      insert into heard_voices (person_id, conversation_id, seq)
      select ${key.personId}, ${key.conversationId}, s.seq from unnest(${seqs}::int[]) as s (seq)
      on conflict do nothing returning seq`,
  );
}

/** Leaves the newest `kept` of those that were played. */
export async function deleteOldHeard(tx: Tx, { personId, conversationId }: Key, kept: number): Promise<void> {
  await tx`
    delete from heard_voices where person_id = ${personId} and conversation_id = ${conversationId} and seq < (
      select seq from heard_voices where person_id = ${personId} and conversation_id = ${conversationId}
      order by seq desc offset ${kept - 1} limit 1)
  `;
}

const rising = (rows: readonly { seq: number }[]): number[] => rows.map(({ seq }) => seq).sort((a, b) => a - b);

export async function countHidden(tx: Tx, { personId, conversationId }: Key): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from hidden_messages
    where person_id = ${personId} and conversation_id = ${conversationId}
  `;
  return row?.count ?? 0;
}

export async function countStarred(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from starred_messages where person_id = ${personId}
  `;
  return row?.count ?? 0;
}

/** The last message up to `seq` that a member may read and did not delete, or null. */
export async function readLastVisible(tx: Tx, { personId, conversationId }: Key, seq: number): Promise<number | null> {
  const [row] = await tx<{ seq: number }[]>`
    select m.seq from messages m
    where m.conversation_id = ${conversationId} and m.seq <= ${seq} and m.seq >= (
        select o.visible_from_seq from memberships o
        where o.conversation_id = ${conversationId} and o.person_id = ${personId})
      and ${notHidden(tx, personId)}
    order by m.seq desc limit 1
  `;
  return row?.seq ?? null;
}

export async function readMarks(tx: Tx, { personId, conversationId }: Key) {
  const [row] = await tx<{ hidden: number[]; starred: number[]; heard: number[] }[]>`
    select
      array(select seq from hidden_messages
        where person_id = ${personId} and conversation_id = ${conversationId} order by seq) as hidden,
      array(select seq from starred_messages
        where person_id = ${personId} and conversation_id = ${conversationId} order by seq) as starred,
      array(select seq from heard_voices
        where person_id = ${personId} and conversation_id = ${conversationId} order by seq) as heard
  `;
  return row ?? { hidden: [], starred: [], heard: [] };
}

/**
 * Starred messages that a person may read now, the last starred first. What was recalled, deleted for them, or is in a
 * conversation they left is passed over, at most `limits.starredMessages` rows.
 */
export async function readStarred(tx: Tx, personId: string, after: StarCursor | null, limit: number) {
  const from = after
    ? tx`and (starred_at, conversation_id, seq) < (${after.starredAt}, ${after.conversationId}, ${after.seq})`
    : tx``;
  // `offset 0`: the stars are read in their order, and each message by its key, whatever the planner expects.
  return tx<(MessageRow & { starredAt: Date })[]>`
    select m.*, s.starred_at
    from (
      select conversation_id, seq, starred_at from starred_messages where person_id = ${personId} ${from}
      order by starred_at desc, conversation_id desc, seq desc offset 0) as s
    cross join lateral (
      select ${messageColumns(tx)} from messages m
      where m.conversation_id = s.conversation_id and m.seq = s.seq and m.kind <> 'recalled'
        and exists (
          select from memberships o
          where o.conversation_id = s.conversation_id and o.person_id = ${personId} and o.left_at is null
            and o.visible_from_seq <= s.seq)
        and ${notHidden(tx, personId)}
      offset 0) as m
    order by s.starred_at desc, s.conversation_id desc, s.seq desc limit ${limit}
  `;
}
