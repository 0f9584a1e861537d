/** The form of a recorded run: tables, the logs of devices, what the driver did. */
import type { Message } from "#tests/chaos/wire.ts";

export type Line = [kind: string, ...rest: unknown[]];
export type MessageRow = {
  is: "message";
  place: string;
  seq: number;
  rev: number;
  sender: string;
  client: string;
  said: string;
  at: number;
};
type MemberRow = {
  is: "member";
  personId: string;
  visibleFromSeq: number;
  rev: number;
  left: boolean;
  lastReadSeq: number;
};
export type PlaceRow = {
  is: "conversation";
  id: string;
  rev: number;
  lastSeq: number;
  history: boolean;
  canary: string;
};
export type PlaceRecord = { row: PlaceRow; members: MemberRow[]; messages: MessageRow[] };
export type Recorded = {
  people: string[];
  places: Map<string, PlaceRecord>;
  devices: Map<string, Line[]>;
  driver: Line[];
  demands: Record<string, number>;
};

export const canaryOf = (place: string) => `kanari-${Buffer.from(place.padEnd(16, "-")).toString("hex").slice(0, 32)}`;

export function frameOf(event: Record<string, unknown>): string {
  return JSON.stringify({ event: event.type, channel: "private-inbox", data: JSON.stringify(event) });
}

export function messageOf({ place, seq, rev, sender, client, said }: MessageRow): Message {
  const [, notice, personId] = said.split(":");
  const content = said.startsWith("notice:") ? { kind: "notice", notice, personId } : { kind: "text", text: said };
  return { conversationId: place, seq, rev, senderId: sender, clientId: client, content };
}

export const sentOf = (row: MessageRow) =>
  frameOf({
    scope: "conversation",
    type: "message.sent",
    conversationId: row.place,
    rev: row.rev,
    message: messageOf(row),
  });
