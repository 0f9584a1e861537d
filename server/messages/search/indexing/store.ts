import type { Tx } from "#server/db/sql.ts";
import type { MessageRow } from "#server/messages/view.ts";

/** Takes up to `limit` entries from the queue, the oldest first; the conversations that they name, each once. */
export async function takeQueued(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx<{ conversationId: string }[]>`
    with taken as (
      delete from search_queue where id = any(array(
        select id from search_queue order by id limit ${limit} for update skip locked))
      returning conversation_id
    )
    select distinct conversation_id from taken order by conversation_id
  `;
  return rows.map(({ conversationId }) => conversationId);
}

export async function queueConversations(tx: Tx, conversationIds: readonly string[]): Promise<void> {
  await tx`insert into search_queue (conversation_id) select unnest(${conversationIds as string[]}::uuid[])`;
}

/** How far a conversation is indexed, and how far it is. */
export type Progress = {
  conversationId: string;
  seq: number;
  rev: number;
  version: number;
  lastSeq: number;
  lastRev: number;
};

/** Locks the progress of conversations, in the order of their ids. */
export async function lockProgress(tx: Tx, conversationIds: readonly string[], version: number): Promise<Progress[]> {
  await tx`
    insert into search_indexed (conversation_id, version)
    select i.id, ${version} from unnest(${conversationIds as string[]}::uuid[]) as i (id) order by i.id
    on conflict do nothing
  `;
  await tx`
    select from search_indexed where conversation_id = any(${conversationIds as string[]}::uuid[])
    order by conversation_id for update
  `;
  // In a statement of its own: its snapshot is younger than the locks.
  return tx<Progress[]>`
    select s.conversation_id, s.seq, s.rev, s.version, c.last_seq, c.rev as last_rev
    from search_indexed s join conversations c on c.id = s.conversation_id
    where s.conversation_id = any(${conversationIds as string[]}::uuid[])
  `;
}

export type Unindexed = Pick<MessageRow, "conversationId" | "seq" | "senderId" | "content" | "sentAt">;

/** The next messages of each conversation behind `seq`, up to `lastSeq`, at most `most` of each. */
export async function readUnindexed(tx: Tx, of: readonly Progress[], most: number): Promise<Unindexed[]> {
  return tx<Unindexed[]>`
    select m.conversation_id, m.seq, m.sender_id, m.content, m.sent_at
    from unnest(${of.map(({ conversationId }) => conversationId)}::uuid[], ${of.map(({ seq }) => seq)}::int[],
      ${of.map(({ seq, lastSeq }) => Math.min(lastSeq, seq + most))}::int[]) as p (conversation_id, after, last)
    cross join lateral (
      select * from messages m
      where m.conversation_id = p.conversation_id and m.seq > p.after and m.seq <= p.last offset 0) m
  `;
}

/** Messages up to `seq` that were changed after `rev`. */
export async function readChanged(tx: Tx, of: readonly Progress[]): Promise<Unindexed[]> {
  return tx<Unindexed[]>`
    select m.conversation_id, m.seq, m.sender_id, m.content, m.sent_at
    from unnest(${of.map(({ conversationId }) => conversationId)}::uuid[], ${of.map(({ rev }) => rev)}::int[],
      ${of.map(({ seq }) => seq)}::int[]) as p (conversation_id, rev, seq)
    cross join lateral (
      select * from messages m
      where m.conversation_id = p.conversation_id and m.rev > p.rev and m.changed_at is not null offset 0) m
    where m.seq <= p.seq
  `;
}

export type Entry = { conversationId: string; seq: number; sentAt: Date; hashes: readonly number[] };

/** Writes entries where they differ from what is there. */
export async function writeEntries(tx: Tx, entries: readonly Entry[]): Promise<void> {
  // An array of arrays of different lengths is no array to Postgres.
  const hashes = entries.map((entry) => `{${entry.hashes.join(",")}}`);
  await tx`
    insert into message_search as s (conversation_id, seq, sent_at, hashes)
    select e.conversation_id, e.seq, e.sent_at, e.hashes::int[]
    from unnest(${entries.map(({ conversationId }) => conversationId)}::uuid[], ${entries.map(({ seq }) => seq)}::int[],
      ${entries.map(({ sentAt }) => sentAt.toISOString())}::timestamptz[], ${hashes}::text[])
      as e (conversation_id, seq, sent_at, hashes)
    on conflict (conversation_id, seq) do update set hashes = excluded.hashes
      where s.hashes is distinct from excluded.hashes
  `;
}

export async function deleteEntries(
  tx: Tx,
  messages: readonly { conversationId: string; seq: number }[],
): Promise<void> {
  await tx`
    delete from message_search s
    using unnest(${messages.map(({ conversationId }) => conversationId)}::uuid[], ${messages.map(({ seq }) => seq)}::int[])
      as d (conversation_id, seq)
    where s.conversation_id = d.conversation_id and s.seq = d.seq
  `;
}

export async function writeProgress(tx: Tx, to: readonly Omit<Progress, "lastSeq" | "lastRev">[]): Promise<void> {
  await tx`
    update search_indexed s set seq = p.seq, rev = p.rev, version = p.version
    from unnest(${to.map(({ conversationId }) => conversationId)}::uuid[], ${to.map(({ seq }) => seq)}::int[],
      ${to.map(({ rev }) => rev)}::int[], ${to.map(({ version }) => version)}::int[]) as p (conversation_id, seq, rev, version)
    where s.conversation_id = p.conversation_id
  `;
}

/** Queues the conversations that were indexed with another version of the tokens, unless they wait already. */
export async function markOutdated(tx: Tx, version: number): Promise<number> {
  const rows = await tx`
    insert into search_queue (conversation_id)
    select conversation_id from search_indexed where version <> ${version} except select conversation_id from search_queue
  `;
  return rows.count;
}

/** For `npm run doctor`: reads all conversations once, and what waits once. */
export async function readLag(tx: Tx, version: number) {
  const [row] = await tx<{ waiting: number; seconds: number; outdated: number; missing: number }[]>`
    select (select count(distinct conversation_id)::int from search_queue) as waiting,
      coalesce((select extract(epoch from now() - min(created_at))::int from search_queue), 0) as seconds,
      (select count(*)::int from search_indexed where version <> ${version}) as outdated,
      (select count(*)::int from (
        select c.id from conversations c where c.last_seq > 0 and c.last_seq > coalesce((
          select s.seq from search_indexed s where s.conversation_id = c.id), 0)
        except select conversation_id from search_queue) m) as missing
  `;
  if (!row) throw new Error("a select without from returns one row");
  return row;
}
