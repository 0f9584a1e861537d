import { limits } from "#contracts/limits.ts";
import type { DeviceClass } from "#contracts/receipts.ts";
import { sharesReceipts } from "#server/conversations/store.ts";
import type { Tx } from "#server/db/sql.ts";

export type MarkRow = { personId: string; joinedAt: Date; deliveredSeq: number; readSeq: number };

/** Of the others in the conversation who share it with a viewer who shares theirs; the caller has authorized the viewer. */
export async function readMarks(tx: Tx, conversationId: string, viewerId: string): Promise<MarkRow[]> {
  return tx<MarkRow[]>`
    select m.person_id, m.joined_at, greatest(m.last_read_seq, ${deliveredSeq(tx)}) as delivered_seq,
      m.last_read_seq as read_seq
    from conversations c
    join memberships m on m.conversation_id = c.id and m.left_at is null and m.person_id <> ${viewerId}
    where c.id = ${conversationId} and c.member_count <= ${limits.receiptMembers}
      and ${sharesReceipts(tx, tx`${viewerId}`)} and ${sharesReceipts(tx, tx`m.person_id`)}
    order by m.person_id
  `;
}

/** The furthest that a device of the member `m` has received; null: nothing. */
const deliveredSeq = (tx: Tx) => tx`(
  select max(r.delivered_seq) from receipts r where r.conversation_id = m.conversation_id and r.person_id = m.person_id
)`;

export type LastRow = { conversationId: string; deliveredSeq: number; readSeq: number };

/** The latest conversations with a last message of this person's, with how far all who share it have received and read. */
export async function readLastMarks(tx: Tx, personId: string): Promise<LastRow[]> {
  return tx<LastRow[]>`
    with latest as (
      select c.id, l.sent_at
      from memberships o
      join conversations c on c.id = o.conversation_id and c.member_count <= ${limits.receiptMembers}
      join messages l on l.conversation_id = c.id and l.seq = c.last_seq and l.sender_id = o.person_id and l.kind <> 'notice'
      where o.person_id = ${personId} and o.left_at is null and ${sharesReceipts(tx, tx`${personId}`)}
      order by c.last_message_at desc limit ${limits.receiptsListed}
    )
    select c.id as conversation_id,
      min(greatest(m.last_read_seq, ${deliveredSeq(tx)})) as delivered_seq, min(m.last_read_seq) as read_seq
    from latest c
    join memberships m on m.conversation_id = c.id and m.left_at is null and m.person_id <> ${personId}
      and m.joined_at <= c.sent_at and ${sharesReceipts(tx, tx`m.person_id`)}
    group by c.id
  `;
}

/** Which classes of the person's own devices have received a message, and when at the latest. */
export async function readOwnDevices(tx: Tx, conversationId: string, personId: string, seq: number) {
  return tx<{ device: DeviceClass; deliveredAt: Date }[]>`
    select device, delivered_at from receipts
    where conversation_id = ${conversationId} and person_id = ${personId} and delivered_seq >= ${seq}
    order by delivered_at, device
  `;
}

export type RecipientRow = {
  personId: string;
  sharesReceipts: boolean;
  readSeq: number;
  readAt: Date | null;
  /** Of the device that has received it first, and when at the latest. */
  deliveredAt: Date | null;
};

/** The members for whom a message of the viewer was, where receipts are shared. Empty: they are not. */
export async function readRecipients(tx: Tx, conversationId: string, viewerId: string, seq: number) {
  return tx<RecipientRow[]>`
    select m.person_id, ${sharesReceipts(tx, tx`m.person_id`)} as shares_receipts, m.last_read_seq as read_seq,
      case when m.last_read_at >= s.sent_at then m.last_read_at end as read_at,
      (
        select min(r.delivered_at) from receipts r
        where r.conversation_id = c.id and r.person_id = m.person_id and r.delivered_seq >= s.seq
      ) as delivered_at
    from conversations c
    join messages s on s.conversation_id = c.id and s.seq = ${seq} and s.sender_id = ${viewerId}
    join memberships m on m.conversation_id = c.id and m.left_at is null and m.person_id <> s.sender_id
      and m.joined_at <= s.sent_at
    where c.id = ${conversationId} and c.member_count <= ${limits.receiptMembers}
      and ${sharesReceipts(tx, tx`${viewerId}`)}
    order by m.joined_at, m.person_id
  `;
}

/** What a person who left had received says nothing of what they may read when they come back. */
export async function deleteReceipts(tx: Tx, personId: string, conversationId: string): Promise<void> {
  await tx`delete from receipts where conversation_id = ${conversationId} and person_id = ${personId}`;
}
