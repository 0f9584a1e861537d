import type { SearchCursor } from "#contracts/messages/search.ts";
import type { Tx } from "#server/db/sql.ts";
import { messageColumns } from "#server/messages/store.ts";
import type { MessageRow } from "#server/messages/view.ts";

/** What the index is asked; `all` and `parts` are hashes that a message has, `senders` and `kinds` such that it has one of. */
export type IndexQuery = {
  all: readonly number[];
  senders: readonly number[] | null;
  kinds: readonly number[] | null;
  in: readonly string[] | null;
  since: string | null;
  until: string | null;
  after: SearchCursor | null;
};

export type Candidate = { conversationId: string; seq: number; sentAt: Date };

/**
 * The messages that the index has for a person: of conversations that they are in, of those that they may read there, and
 * without what they deleted. One lookup in the index for each of their conversations; what others have costs nothing.
 */
function candidates(tx: Tx, personId: string, query: IndexQuery) {
  const has = (hashes: readonly number[]) => tx`search_keys(o.conversation_id, ${hashes as number[]}::int[])`;
  const conditions = [
    ...(query.all.length > 0 ? [tx`i.keys @> ${has(query.all)}`] : []),
    ...(query.senders ? [tx`i.keys && ${has(query.senders)}`] : []),
    ...(query.kinds ? [tx`i.keys && ${has(query.kinds)}`] : []),
  ];
  const found = conditions.reduce((all, one) => tx`${all} and ${one}`);
  // `offset 0`: the keys are looked up first, whatever the planner thinks of the primary key.
  return tx`
    select s.conversation_id, s.seq, s.sent_at
    from memberships o
    cross join lateral (
      select i.conversation_id, i.seq, i.sent_at from message_search i where ${found} offset 0
    ) s
    where o.person_id = ${personId} and o.left_at is null
      and (${query.in as string[] | null}::uuid[] is null or o.conversation_id = any(${query.in as string[] | null}::uuid[]))
      and s.conversation_id = o.conversation_id and s.seq >= o.visible_from_seq
      and (${query.since}::timestamptz is null or s.sent_at >= ${query.since}::timestamptz)
      and (${query.until}::timestamptz is null or s.sent_at < ${query.until}::timestamptz)
      and not exists (select from hidden_messages h
        where h.person_id = o.person_id and h.conversation_id = s.conversation_id and h.seq = s.seq)`;
}

/** The newest first; at most `limit`. */
export async function readCandidates(tx: Tx, personId: string, query: IndexQuery, limit: number) {
  const after = query.after
    ? tx`where (f.sent_at, f.conversation_id, f.seq) <
        (${query.after.sentAt}::timestamptz, ${query.after.conversationId}::uuid, ${query.after.seq}::int)`
    : tx``;
  return tx<Candidate[]>`
    select * from (${candidates(tx, personId, query)}) f ${after}
    order by f.sent_at desc, f.conversation_id desc, f.seq desc limit ${limit}
  `;
}

/** How many there are in each conversation. */
export async function countCandidates(tx: Tx, personId: string, query: IndexQuery) {
  return tx<{ conversationId: string; count: number }[]>`
    select f.conversation_id, count(*)::int as count from (${candidates(tx, personId, query)}) f
    group by f.conversation_id order by count desc, f.conversation_id limit 100
  `;
}

/** The messages as they are now, in any order. */
export async function readFound(tx: Tx, keys: readonly Candidate[]): Promise<MessageRow[]> {
  return tx<MessageRow[]>`
    select ${messageColumns(tx)}
    from unnest(${keys.map(({ conversationId }) => conversationId)}::uuid[], ${keys.map(({ seq }) => seq)}::int[])
      as k (conversation_id, seq)
    join messages m on m.conversation_id = k.conversation_id and m.seq = k.seq
  `;
}

/** Whether a message has waited longer than `seconds` for the index. */
export async function isBehind(tx: Tx, seconds: number): Promise<boolean> {
  const [row] = await tx<{ createdAt: Date; now: Date }[]>`
    select created_at, now() as now from search_queue order by id limit 1
  `;
  return row !== undefined && row.now.getTime() - row.createdAt.getTime() > seconds * 1_000;
}
