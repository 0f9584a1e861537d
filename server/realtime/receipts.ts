import type { ReceiptsEnvelope } from "#contracts/bus.ts";
import { limits } from "#contracts/limits.ts";
import type { DeviceClass } from "#contracts/receipts.ts";
import { publish } from "#server/bus/publish.ts";
import { hiddenFrom, sharesReceipts } from "#server/conversations/store.ts";
import type { Sql } from "#server/db/sql.ts";

export type Delivered = { conversationId: string; personId: string; device: DeviceClass; seq: number };
type Moved = { conversationId: string; personId: string; deliveredSeq: number; hiddenFrom: string[] };

/** Changes in one envelope: with the ids of a hundred members who are not told, it fits into a notification. */
const changesInEnvelope = 25;

/**
 * Stores how far devices have received conversations: a mark never goes back, nor beyond the last message, and a person who
 * is no member has none. Returns what the members are to be told, and with `toPeers` publishes it to the other workers. It
 * is told after it is stored, and lost when this process ends in between: clients ask when they connect.
 */
export async function storeDelivered(
  sql: Sql,
  given: readonly Delivered[],
  toPeers: boolean,
): Promise<ReceiptsEnvelope[]> {
  const envelopes = toEnvelopes(await writeDelivered(sql, given));
  if (toPeers) await publish(sql, envelopes);
  return envelopes;
}

/**
 * Returns the marks that moved and are shared. Rows are written in one order, so that two workers with devices of the
 * same person cannot lock each other out.
 */
async function writeDelivered(sql: Sql, given: readonly Delivered[]): Promise<Moved[]> {
  return sql<Moved[]>`
    with given as (
      select g.conversation_id, g.person_id, g.device, least(g.seq, c.last_seq) as seq
      from unnest(${given.map((one) => one.conversationId)}::uuid[], ${given.map((one) => one.personId)}::uuid[],
        ${given.map((one) => one.device)}::text[], ${given.map((one) => one.seq)}::int[])
        as g (conversation_id, person_id, device, seq)
      join conversations c on c.id = g.conversation_id and c.last_seq > 0
      join memberships m on m.conversation_id = g.conversation_id and m.person_id = g.person_id and m.left_at is null
      left join receipts r on r.conversation_id = g.conversation_id and r.person_id = g.person_id and r.device = g.device
      where r.delivered_seq is null or r.delivered_seq < least(g.seq, c.last_seq)
    ), moved as (
      insert into receipts as r (conversation_id, person_id, device, delivered_seq)
      select conversation_id, person_id, device, seq from given order by conversation_id, person_id, device
      on conflict (conversation_id, person_id, device)
        do update set delivered_seq = excluded.delivered_seq, delivered_at = now()
        where r.delivered_seq < excluded.delivered_seq
      returning r.conversation_id, r.person_id, r.delivered_seq
    )
    select d.conversation_id, d.person_id, d.delivered_seq, ${hiddenFrom(sql)} as hidden_from
    from moved d
    join conversations c on c.id = d.conversation_id and c.member_count <= ${limits.receiptMembers}
    where ${sharesReceipts(sql, sql`d.person_id`)}
  `;
}

function toEnvelopes(moved: readonly Moved[]): ReceiptsEnvelope[] {
  const open = new Map<string, ReceiptsEnvelope>();
  const envelopes: ReceiptsEnvelope[] = [];
  for (const { conversationId, personId, deliveredSeq, hiddenFrom } of moved) {
    let envelope = open.get(conversationId);
    if (!envelope || envelope.receipts.changes.length === changesInEnvelope) {
      envelope = { nonce: crypto.randomUUID(), receipts: { conversationId, changes: [] }, hiddenFrom };
      open.set(conversationId, envelope);
      envelopes.push(envelope);
    }
    envelope.receipts.changes.push({ personId, deliveredSeq });
  }
  return envelopes;
}
