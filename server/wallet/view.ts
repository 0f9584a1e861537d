import type { Packet, WalletEntry } from "#contracts/wallet.ts";

export type WalletEntryRow = {
  id: number;
  kind: WalletEntry["kind"];
  amount: number;
  packetId: string | null;
  personId: string | null;
  createdAt: Date;
};

export function toWalletEntry(row: WalletEntryRow): WalletEntry {
  return { ...row, createdAt: row.createdAt.toISOString() };
}

export type PacketRow = Omit<Packet, "createdAt" | "expiresAt" | "state" | "mine" | "takes" | "luckiestId"> & {
  createdAt: Date;
  expiresAt: Date;
  /** By Postgres' clock, which is also the one that openings are judged by. */
  late: boolean;
  /** From JSON, where a time is as Postgres writes it. */
  takes: { personId: string; amount: number; takenAt: string }[];
};

/** The packet as `personId` sees it. */
export function toPacket({ late, ...row }: PacketRow, personId: string): Packet {
  const takes = row.takes.map((take) => ({ ...take, takenAt: new Date(take.takenAt).toISOString() }));
  const finished = takes.length === row.shares;
  const most = Math.max(...takes.map((take) => take.amount));
  const random = finished && row.split === "random" && row.shares > 1;
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    state: finished ? "finished" : late ? "expired" : "open",
    mine: takes.find((take) => take.personId === personId)?.amount ?? null,
    takes,
    luckiestId: random ? (takes.find((take) => take.amount === most)?.personId ?? null) : null,
  };
}
