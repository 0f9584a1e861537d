import { everyoneId } from "#contracts/messages/kinds/text.ts";
import type { Tx } from "#server/db/sql.ts";

/** How many rows of each kind disagree with what they are derived from. */
export type CounterFaults = {
  /** Conversations with a member count that is not the number of their members. */
  members: number;
  /** Conversations with messages that are not numbered from 1 to `last_seq` without gaps. */
  numbers: number;
  /** Conversations with a rev behind that of a message or a membership. */
  revs: number;
  /** Read or delivered marks beyond the last message. */
  marks: number;
  /** Messages with counted reactions that are not those of the people who reacted. */
  reactions: number;
  /** Messages with mentions that are not in `mentions`, or with more of them there. */
  mentions: number;
  /** Settings that count a message as deleted by its reader that is not. */
  hidden: number;
};

/**
 * Recomputes every counter that is stored, of all conversations or of those in `only`, from one snapshot, and changes
 * nothing. Unread messages are not among them: they are counted when they are shown. Reads all messages.
 */
export async function readCounterFaults(tx: Tx, only: readonly string[] | null = null): Promise<CounterFaults> {
  const chosen = (column: Tx | ReturnType<Tx>) =>
    tx`(${only as string[] | null}::uuid[] is null or ${column as ReturnType<Tx>} = any(${only as string[] | null}::uuid[]))`;
  const [row] = await tx<CounterFaults[]>`
    select
      (select count(*)::int from conversations c where ${chosen(tx`c.id`)} and c.member_count <> (
        select count(*) from memberships m where m.conversation_id = c.id and m.left_at is null)) as members,
      (select count(*)::int from conversations c
        join lateral (select count(*) as n, coalesce(max(m.seq), 0) as last, coalesce(min(m.seq), 1) as first
          from messages m where m.conversation_id = c.id) s on true
        where ${chosen(tx`c.id`)} and (s.n <> c.last_seq or s.last <> c.last_seq or s.first <> 1)) as numbers,
      (select count(*)::int from conversations c where ${chosen(tx`c.id`)} and c.rev < greatest(
        (select max(m.rev) from messages m where m.conversation_id = c.id),
        (select max(o.rev) from memberships o where o.conversation_id = c.id))) as revs,
      (select count(*)::int from conversations c
        join lateral (
          select o.last_read_seq as seq from memberships o where o.conversation_id = c.id
          union all select r.delivered_seq from receipts r where r.conversation_id = c.id
        ) mark on mark.seq > c.last_seq
        where ${chosen(tx`c.id`)}) as marks,
      (select count(*)::int from messages m where ${chosen(tx`m.conversation_id`)}
        and (m.reactions is not null or exists (select from message_reactions r
          where r.conversation_id = m.conversation_id and r.seq = m.seq and r.removed_at is null))
        and (select jsonb_object_agg(e.one ->> 'emoji', (e.one ->> 'count')::int)
            from jsonb_array_elements(m.reactions) as e (one))
          is distinct from (select jsonb_object_agg(r.emoji, r.n) from (
            select r.emoji, count(*)::int as n from message_reactions r
            where r.conversation_id = m.conversation_id and r.seq = m.seq and r.removed_at is null group by r.emoji) r)
      ) as reactions,
      (select count(*)::int from messages m where ${chosen(tx`m.conversation_id`)} and m.kind in ('text', 'link')
        and case when m.content -> 'mentions' @> ${tx.json([{ personId: everyoneId }])} then exists (
          -- Who was a member then is not known any more: all who are one since, and no one who never was.
          select from memberships o where o.conversation_id = m.conversation_id and o.left_at is null
            and o.person_id <> m.sender_id and o.joined_at < m.sent_at and not exists (
              select from mentions n
              where n.person_id = o.person_id and n.conversation_id = m.conversation_id and n.seq = m.seq)
          ) or exists (
          select from mentions n where n.conversation_id = m.conversation_id and n.seq = m.seq and (
            n.person_id = m.sender_id or not exists (
              select from memberships o where o.conversation_id = n.conversation_id and o.person_id = n.person_id)))
        else array(select distinct (e.one ->> 'personId')::uuid
            from jsonb_array_elements(case when jsonb_typeof(m.content -> 'mentions') = 'array'
              then m.content -> 'mentions' else '[]' end) as e (one)
            where (e.one ->> 'personId')::uuid <> m.sender_id order by 1)
          <> array(select n.person_id from mentions n
            where n.conversation_id = m.conversation_id and n.seq = m.seq order by 1) end) as mentions,
      (select count(*)::int from conversation_settings s where ${chosen(tx`s.conversation_id`)}
        and exists (select from unnest(s.hidden_unread) as u (seq) where not exists (
          select from hidden_messages h
          where h.person_id = s.person_id and h.conversation_id = s.conversation_id and h.seq = u.seq))) as hidden
  `;
  if (!row) throw new Error("a select without from returns one row");
  return row;
}
