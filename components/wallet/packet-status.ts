import type { Packet } from "#contracts/wallet.ts";

/** A packet's state for the viewer: `waiting`: I sent it to one person; `another`: it is for a third person. */
export type PacketStatus = "unopened" | "waiting" | "another" | "opened" | "finished" | "expired";

export function packetStatusOf(packet: Packet, meId: string): PacketStatus {
  if (packet.mine !== null) return "opened";
  if (packet.state !== "open") return packet.state;
  if (packet.forPersonId === null || packet.forPersonId === meId) return "unopened";
  return packet.senderId === meId ? "waiting" : "another";
}

/** Is there nothing left in it for me? Such a face is dimmed. */
export const isDone = (look: PacketStatus | null) => look === "opened" || look === "finished" || look === "expired";
