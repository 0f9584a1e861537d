/** Red packets and their ledger for tests. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { PacketSendInput } from "#contracts/wallet.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readCoins, readLedgerFaults } from "#server/wallet/store.ts";
import { callerOf } from "#tests/_people.ts";

export type Terms = Partial<Omit<PacketSendInput, "conversationId">>;

/** Sends through the router, checks included, and answers the packet's id with the message. */
export async function give(me: Me, conversationId: string, terms: Terms = {}) {
  const input = { clientId: randomUUID(), split: "random" as const, total: 500, shares: 1, greeting: "", ...terms };
  const sent = await callerOf(me).wallet.sendPacket({ conversationId, ...input });
  return { ...sent, packetId: String(sent.message.content.packetId) };
}

export const open = (me: Me, packetId: string) => callerOf(me).wallet.openPacket({ packetId });
export const balanceOf = async (me: Me) => (await callerOf(me).wallet.get()).balance;

/** As if its 24 hours were over. */
export async function letExpire(packetId: string): Promise<void> {
  await sql()`update red_packets set expires_at = now() - interval '1 second' where id = ${packetId}`;
}

/** Nothing was written past the functions, and no coin was made or lost. */
export async function expectSoundLedger(): Promise<void> {
  expect(await readLedgerFaults(sql())).toEqual({ transfers: 0, wallets: 0, packets: 0 });
  const { granted, held } = await readCoins(sql());
  expect(held).toBe(granted);
}

/** The backends of this database that wait for a lock in a statement that says `name`, once there is one. */
export async function backendsWaitingIn(name: string): Promise<number[]> {
  for (;;) {
    const rows = await sql()<{ pid: number }[]>`
      select pid from pg_stat_activity
      where wait_event_type = 'Lock' and query like ${`%${name}%`} and datname = current_database()`;
    if (rows.length > 0) return rows.map((row) => row.pid);
  }
}
