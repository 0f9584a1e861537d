/** What a plain client reads of the published protocol. Written here again: a run shares no code with the product. */
export type Message = {
  conversationId: string;
  seq: number;
  rev: number;
  senderId: string;
  clientId: string;
  content: { kind: string; text?: string; notice?: string; personId?: string };
};
type Member = { personId: string; visibleFromSeq: number; leftAt: string | null; rev: number };
export type Head = { rev: number; lastSeq: number };
export type Change = { rev: number; message?: Message; member?: Member };
export type ChangesSince = { reset: boolean; changes: Change[]; nextRev: number | null; head: Head };
export type Page = { messages: Message[]; head: Head; hasNewer: boolean };
export type HeadList = {
  personRev: number;
  heads: { id: string; rev: number; lastSeq: number; lastReadSeq: number }[];
};

export type InboxHeads = { rev: number; heads: Record<string, number> };

export type WireEvent = {
  scope: "conversation" | "person";
  type: string;
  rev: number;
  conversationId?: string;
  message?: Message;
  member?: Member;
  conversation?: { id: string };
  lastReadSeq?: number;
};

/** What a message says, in one text, for digests. */
export const saidIn = ({ content }: Message) =>
  content.kind === "text" ? (content.text ?? "") : `notice:${content.notice}:${content.personId ?? ""}`;

export const inbox = "private-inbox";
