import type { Packet } from "#contracts/wallet.ts";
import type { Tx } from "#server/db/sql.ts";
import { jobCall } from "#server/jobs/add-job.ts";
import type { PacketRow, WalletEntryRow } from "#server/wallet/view.ts";

/** The product's own accounts, made by the migration `wallet`. */
const grants = "00000000-0000-0000-0000-000000000001";
const packets = "00000000-0000-0000-0000-000000000002";

/** Null when there is no wallet yet. Sums stay far below where a float loses cents (2^53). */
export async function readBalance(tx: Tx, personId: string): Promise<number | null> {
  const [row] = await tx<{ balance: number }[]>`select balance::float8 as balance from wallets where id = ${personId}`;
  return row?.balance ?? null;
}

/** Locks the person's wallet until the transaction ends, made with the welcome grant when there was none. */
export async function lockWallet(tx: Tx, personId: string, welcome: number): Promise<number> {
  const [row] = await tx<{ balance: number }[]>`select open_wallet(${personId}, ${welcome})::float8 as balance`;
  if (!row) throw new Error("open_wallet answered nothing");
  return row.balance;
}

/** Up to `limit` entries of my wallet older than `before`, newest first. */
export async function readEntries(tx: Tx, personId: string, before: number | null, limit: number) {
  return tx<WalletEntryRow[]>`
    select e.id::float8 as id, e.kind, e.amount::float8 as amount, e.packet_id, e.created_at,
      case when e.kind = 'packet_claimed' then p.sender_id end as person_id
    from ledger_entries e left join red_packets p on p.id = e.packet_id
    where e.wallet_id = ${personId} ${before === null ? tx`` : tx`and e.id < ${before}`}
    order by e.id desc limit ${limit}
  `;
}

export type NewPacket = {
  id: string;
  conversationId: string;
  seq: number;
  senderId: string;
  split: Packet["split"];
  forPersonId: string | null;
  greeting: string;
  amounts: readonly number[];
  hours: number;
};

/** The packet with its shares; the coins go out of the sender's wallet, which the caller has locked. */
export async function insertPacket(tx: Tx, packet: NewPacket): Promise<{ expiresAt: Date }> {
  const { id, amounts, senderId } = packet;
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const [row] = await tx<{ expiresAt: Date }[]>`
    with made as (
      insert into red_packets
        (id, conversation_id, seq, sender_id, split, for_person_id, total, shares, greeting, expires_at)
      values (${id}, ${packet.conversationId}, ${packet.seq}, ${senderId}, ${packet.split}, ${packet.forPersonId},
        ${total}, ${amounts.length}, ${packet.greeting}, now() + make_interval(hours => ${packet.hours}))
      returning expires_at
    ), cut as (
      insert into red_packet_shares (packet_id, n, amount)
      select ${id}, n, amount from unnest(${amounts as number[]}::int[]) with ordinality as s (amount, n)
    )
    select expires_at from made
  `;
  if (!row) throw new Error("insert returned no packet");
  await tx`select wallet_transfer('packet_sent', ${id}, ${senderId}, ${packets}, ${total})`;
  return row;
}

/**
 * The result of an attempt to claim a share; the function of the migration `wallet` says what it answers. Who gets a
 * share is told of in the conversation, by a job that is asked for in the same statement: the many who get none begin
 * no transaction.
 */
export async function claimShare(tx: Tx, packetId: string, personId: string, welcome: number) {
  const [row] = await tx<{ outcome: string; amount: number | null }[]>`
    select o.outcome, o.amount, case when o.outcome = 'opened' then
      (select j.id from ${jobCall(tx, "packets:announce-claim", { packetId, personId })} j) end as job
    from open_red_packet(${packetId}, ${personId}, ${welcome}) o
  `;
  if (!row) throw new Error("open_red_packet answered nothing");
  return row;
}

/** Cents that went back to the sender; null when it is too early for that. */
export async function refundRest(tx: Tx, packetId: string): Promise<number | null> {
  const [row] = await tx<{ rest: number | null }[]>`select refund_red_packet(${packetId})::float8 as rest`;
  return row?.rest ?? null;
}

/** A packet with everything that was taken; null when the viewer may not see its message. */
export async function readPacket(tx: Tx, packetId: string, personId: string): Promise<PacketRow | null> {
  const [row] = await tx<PacketRow[]>`
    select p.id, p.conversation_id, p.seq, p.sender_id, p.split, p.for_person_id, p.total, p.shares, p.greeting,
      p.created_at, p.expires_at, now() >= p.expires_at as late, taken.takes
    from red_packets p
    join memberships m on m.conversation_id = p.conversation_id and m.person_id = ${personId}
      and m.left_at is null and m.visible_from_seq <= p.seq
    cross join lateral (
      select coalesce(json_agg(json_build_object('personId', s.person_id, 'amount', s.amount, 'takenAt', s.taken_at)
        order by s.taken_at, s.n), '[]') as takes
      from red_packet_shares s where s.packet_id = p.id and s.person_id is not null
    ) taken
    where p.id = ${packetId}
  `;
  return row ?? null;
}

/** Who sent a packet where, for what the product says about it. */
export async function readPacketPlace(tx: Tx, packetId: string) {
  const [row] = await tx<{ conversationId: string; senderId: string }[]>`
    select conversation_id, sender_id from red_packets where id = ${packetId}
  `;
  return row ?? null;
}

/** What was sent for a message, to tell a retry from another packet with the same client id. */
export async function readPacketTerms(tx: Tx, packetId: string) {
  const [row] = await tx<{ total: number; forPersonId: string | null }[]>`
    select total, for_person_id from red_packets where id = ${packetId}
  `;
  return row ?? null;
}

export type LedgerFaults = { transfers: number; wallets: number; packets: number };

/**
 * Checks the whole ledger: transfers that do not sum to zero, wallets with a balance that is not the sum of their
 * entries, and packets with reserved coins that are not their unclaimed shares. All three are 0 unless rows were
 * written past the functions.
 */
export async function readLedgerFaults(tx: Tx): Promise<LedgerFaults> {
  const [row] = await tx<LedgerFaults[]>`
    select
      (select count(*)::int from (select from ledger_entries group by transfer_id having sum(amount) <> 0) m) as transfers,
      (select count(*)::int from wallets w
        where w.balance <> (select coalesce(sum(e.amount), 0) from ledger_entries e where e.wallet_id = w.id)) as wallets,
      (select count(*)::int from (
        select from (
          select packet_id, amount from ledger_entries where wallet_id = ${packets}
          union all
          select packet_id, -amount from red_packet_shares where taken_at is null) r
        group by packet_id having sum(amount) <> 0) p) as packets
  `;
  if (!row) throw new Error("a select without from returns one row");
  return row;
}

/** All coins there are: what was granted, and what people and packets hold. The two are equal. */
export async function readCoins(tx: Tx): Promise<{ granted: number; held: number }> {
  const [row] = await tx<{ granted: number; held: number }[]>`
    select
      (select coalesce(-sum(amount), 0)::float8 from ledger_entries where wallet_id = ${grants}) as granted,
      (select coalesce(sum(amount), 0)::float8 from ledger_entries where wallet_id <> ${grants}) as held
  `;
  return row ?? { granted: 0, held: 0 };
}
