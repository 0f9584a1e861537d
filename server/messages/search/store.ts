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

/** Conversations of which the results are counted; the rest has fewer. */
const mostCounts = 100;

export type Candidate = { conversationId: string; seq: number; sentAt: Date };

/**
 * The messages that the index has for a person: of conversations that they are in, of those that they may read there, and
 * without what they deleted. One lookup in the index for each of their conversations; what others have costs nothing.
 */
function candidates(tx: Tx, personId: string, query: IndexQuery) {
  const has = (hashes: readonly number[]) => tx`search_keys(o.conversation_id, ${hashes as number[]}::int[])`;
  const keys = tx`search_keys(i.conversation_id, i.hashes)`;
  const conditions = [
    ...(query.all.length > 0 ? [tx`${keys} @> ${has(query.all)}`] : []),
    ...(query.senders ? [tx`${keys} && ${has(query.senders)}`] : []),
    ...(query.kinds ? [tx`${keys} && ${has(query.kinds)}`] : []),
  ];
  const found = conditions.reduce((all, one) => tx`${all} and ${one}`);
  // `offset 0`: the keys are looked up first, whatever the planner thinks of the primary key; and what I deleted is read once.
  return tx`
    select s.conversation_id, s.seq, s.sent_at
    from (
      select m.conversation_id, m.visible_from_seq, array(
        select h.seq from hidden_messages h where h.person_id = ${personId} and h.conversation_id = m.conversation_id) as hidden
      from memberships m
      where m.person_id = ${personId} and m.left_at is null
        and (${query.in as string[] | null}::uuid[] is null or m.conversation_id = any(${query.in as string[] | null}::uuid[]))
      offset 0
    ) o
    cross join lateral (
      select i.conversation_id, i.seq, i.sent_at from message_search i where ${found} offset 0
    ) s
    where s.conversation_id = o.conversation_id and s.seq >= o.visible_from_seq and s.seq <> all(o.hidden)
      and (${query.since}::timestamptz is null or s.sent_at >= ${query.since}::timestamptz)
      and (${query.until}::timestamptz is null or s.sent_at < ${query.until}::timestamptz)`;
}

const newestFirst = (tx: Tx, limit: number) =>
  tx`order by f.sent_at desc, f.conversation_id desc, f.seq desc limit ${limit}`;

/** The newest first, behind `query.after`; at most `limit`. */
export async function readCandidates(tx: Tx, personId: string, query: IndexQuery, limit: number) {
  const after = query.after
    ? tx`where (f.sent_at, f.conversation_id, f.seq) <
        (${query.after.sentAt}::timestamptz, ${query.after.conversationId}::uuid, ${query.after.seq}::int)`
    : tx``;
  return tx<Candidate[]>`select * from (${candidates(tx, personId, query)}) f ${after} ${newestFirst(tx, limit)}`;
}

export type Counts = { conversationId: string; count: number }[];

/** The newest of all, and how many there are in each conversation: what is found is looked up once for both. */
export async function countCandidates(tx: Tx, personId: string, query: IndexQuery, limit: number) {
  const [row] = await tx<{ newest: { conversationId: string; seq: number; sentAt: string }[]; counts: Counts }[]>`
    with found as materialized (${candidates(tx, personId, query)})
    select
      array(select jsonb_build_object('conversationId', f.conversation_id, 'seq', f.seq, 'sentAt', f.sent_at)
        from (select * from found f ${newestFirst(tx, limit)}) f) as newest,
      array(select jsonb_build_object('conversationId', c.conversation_id, 'count', c.count) from (
        select f.conversation_id, count(*)::int as count from found f
        group by f.conversation_id order by count desc, f.conversation_id limit ${mostCounts}) c) as counts
  `;
  const newest = row?.newest ?? [];
  return {
    counts: row?.counts ?? [],
    newest: newest.map((one): Candidate => ({ ...one, sentAt: new Date(one.sentAt) })),
  };
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

/** Calls prisma/functions/message_positions.sql; `times` rise. */
export async function readPositions(
  tx: Tx,
  { conversationId, from, to, times }: { conversationId: string; from: number; to: number; times: readonly string[] },
): Promise<number[]> {
  const [row] = await tx<{ seqs: number[] }[]>`
    select message_positions(${conversationId}, ${from}, ${to}, ${times as string[]}::timestamptz[]) as seqs
  `;
  return row?.seqs ?? [];
}
