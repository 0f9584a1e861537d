import type { Packet } from "#contracts/wallet.ts";

/** What a packet is to the one who looks: `waiting` is mine for another, `another` is somebody's for another. */
export type PacketStatus = "unopened" | "waiting" | "another" | "opened" | "finished" | "expired";

export function packetStatusOf(packet: Packet, meId: string): PacketStatus {
  if (packet.mine !== null) return "opened";
  if (packet.state !== "open") return packet.state;
  if (packet.forPersonId === null || packet.forPersonId === meId) return "unopened";
  return packet.senderId === meId ? "waiting" : "another";
}

/** Is there nothing left in it for me? Such a face is dimmed. */
export const isDone = (look: PacketStatus | null) => look === "opened" || look === "finished" || look === "expired";
