/** The form of a recorded run: tables, the logs of devices, what the driver did. */
import type { Message, ReactionChange } from "#tests/chaos/wire.ts";

export type Line = [kind: string, ...rest: unknown[]];
/** `[emoji, count, first people]` */
type Reactions = [string, number, string[]][];
export type MessageRow = {
  is: "message";
  place: string;
  seq: number;
  rev: number;
  sender: string;
  client: string;
  said: string;
  at: number;
  reactions: Reactions;
  pinned?: boolean;
  edited?: number | undefined;
  /** What it was before each change. */
  earlier: { rev: number; said: string; reactions: Reactions; edited?: number | undefined }[];
};
type ReactionRow = { is: "reaction"; seq: number; personId: string; emoji: string; rev: number; removed: boolean };
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
/** As tests/chaos/dump.ts makes it. */
type KeptRow = { is: "kept"; personId: string; settings: unknown[]; hidden: number[]; starred: number[] };
type ReceiptRow = { is: "receipt"; personId: string; program: number; all: number };
export type PlaceRecord = {
  row: PlaceRow;
  members: MemberRow[];
  messages: MessageRow[];
  reactions: ReactionRow[];
  kept: KeptRow[];
  receipts: ReceiptRow[];
};
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

export const watermarkOf = (client: string) =>
  `watermark-${Buffer.from(client.padEnd(16, "-")).toString("hex").slice(0, 32)}`;

/** A message as it was sent. */
export const sentForm = (row: MessageRow): MessageRow => ({ ...row, ...row.earlier[0], earlier: [] });

function contentOf(said: string): Message["content"] {
  const [, notice, personId] = said.split(":");
  if (said === "recalled:") return { kind: "recalled" };
  return said.startsWith("notice:")
    ? { kind: "notice", ...(notice && { notice }), ...(personId && { personId }) }
    : { kind: "text", text: said };
}

export function messageOf({ place, seq, rev, sender, client, said, reactions }: MessageRow): Message {
  const content = contentOf(said);
  return {
    conversationId: place,
    seq,
    rev,
    senderId: sender,
    clientId: client,
    content,
    preview: content.text?.slice(0, 140) ?? content.kind,
    reactions: reactions.map(([emoji, count, personIds]) => ({ emoji, count, personIds })),
  };
}

const told = (type: string, row: MessageRow, rest: object) => {
  const { place, rev } = row;
  return frameOf({ scope: "conversation", type, conversationId: place, rev, message: messageOf(row), ...rest });
};

export const sentOf = (row: MessageRow) => told("message.sent", row, {});
export const changedOf = (row: MessageRow, reactions?: ReactionChange[]) => told("message.changed", row, { reactions });
