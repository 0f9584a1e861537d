import type { RecordItem } from "#contracts/messages/forward.ts";
import type { Tx } from "#server/db/sql.ts";

export type SourceRow = {
  seq: number;
  content: { kind: string };
  sentAt: Date;
  /** The sender's. */
  name: string;
  /** Of a record. */
  items: RecordItem[] | null;
};

/** Of these messages, those that are there, in seq order, with what is inside those that are records. */
export async function readSourceRows(tx: Tx, conversationId: string, seqs: readonly number[]): Promise<SourceRow[]> {
  return tx<SourceRow[]>`
    select m.seq, m.content, m.sent_at, p.display_name as name, r.items
    from unnest(${seqs as number[]}::int[]) as s (seq)
    cross join lateral (select * from messages where conversation_id = ${conversationId} and seq = s.seq offset 0) m
    join people p on p.id = m.sender_id
    left join message_records r on r.conversation_id = m.conversation_id and r.seq = m.seq
    order by m.seq
  `;
}

/** What the title of a record says: the kind of the conversation, and of a direct one the names of both, of notes mine. */
export async function readTitle(
  tx: Tx,
  conversationId: string,
): Promise<{ of: "direct" | "community"; names: string[] }> {
  const [row] = await tx<{ of: "direct" | "community"; names: string[] }[]>`
    select case when c.kind = 'community' then c.kind else 'direct' end as of, case when c.kind = 'community' then '{}' else array(
      select p.display_name from memberships m join people p on p.id = m.person_id
      where m.conversation_id = c.id order by p.id) end as names
    from conversations c where c.id = ${conversationId}
  `;
  if (!row) throw new Error("no such conversation");
  return row;
}

/** Of these client ids, each meant for one conversation, those that its sender has stored there. */
export async function readKnown(
  tx: Tx,
  senderId: string,
  wanted: readonly { conversationId: string; clientId: string }[],
): Promise<Set<string>> {
  const rows = await tx<{ clientId: string }[]>`
    select w.client_id
    from unnest(${wanted.map((one) => one.conversationId)}::uuid[], ${wanted.map((one) => one.clientId)}::uuid[])
      as w (conversation_id, client_id)
    -- OFFSET 0 looks each up by its key, instead of reading all messages of the sender.
    cross join lateral (
      select from messages m
      where m.sender_id = ${senderId} and m.client_id = w.client_id and m.conversation_id = w.conversation_id offset 0) known
  `;
  return new Set(rows.map(({ clientId }) => clientId));
}

export async function insertRecords(
  tx: Tx,
  conversationId: string,
  records: readonly { seq: number; items: RecordItem[] }[],
): Promise<void> {
  if (records.length === 0) return;
  await tx`
    insert into message_records (conversation_id, seq, items)
    select ${conversationId}, r.seq, r.items::jsonb
    from unnest(${records.map(({ seq }) => seq)}::int[], ${records.map(({ items }) => JSON.stringify(items))}::text[])
      as r (seq, items)
  `;
}

/** Null for a message that is no record. */
export async function readRecord(tx: Tx, conversationId: string, seq: number): Promise<RecordItem[] | null> {
  const [row] = await tx<{ items: RecordItem[] }[]>`
    select items from message_records where conversation_id = ${conversationId} and seq = ${seq}
  `;
  return row?.items ?? null;
}

export async function deleteRecord(tx: Tx, conversationId: string, seq: number): Promise<void> {
  await tx`delete from message_records where conversation_id = ${conversationId} and seq = ${seq}`;
}
