/** What a plain client reads of the published protocol. Written here again: a run shares no code with the product. */
type Reaction = { emoji: string; count: number; personIds: string[] };
export type ReactionChange = { personId: string; emoji: string; reacted: boolean };
export type Message = {
  conversationId: string;
  seq: number;
  rev: number;
  senderId: string;
  clientId: string;
  content: { kind: string; text?: string; notice?: string; personId?: string };
  preview: string;
  reactions: Reaction[];
  editedAt?: string | null;
  pinnedAt?: string;
};
export type Settings = {
  pinned: boolean;
  muted: { until: string | null; exceptMentions: boolean } | null;
  archivedAt: string | null;
  hiddenAt: string | null;
  markedUnreadSeq: number | null;
  hiddenUnread: number[];
  lastVisible: { lastSeq: number; seq: number | null } | null;
};
type Member = { personId: string; visibleFromSeq: number; leftAt: string | null; rev: number };
export type Head = { rev: number; lastSeq: number };
export type Change = { rev: number; message?: Message; reactions?: ReactionChange[]; member?: Member };
export type ChangesSince = { reset: boolean; changes: Change[]; nextRev: number | null; head: Head };
export type OwnReactions = { seq: number; emoji: string[] };
export type Page = { messages: Message[]; ownReactions: OwnReactions[]; head: Head; hasNewer: boolean };
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
  reactions?: ReactionChange[];
  member?: Member;
  conversation?: { id: string };
  lastReadSeq?: number;
  settings?: Settings;
  seqs?: number[];
  hidden?: boolean;
  starred?: boolean;
};

/** What a message says, in one text, for digests. */
export function saidIn({ content }: Pick<Message, "content">): string {
  if (content.kind === "text") return content.text ?? "";
  return content.kind === "recalled" ? "recalled:" : `notice:${content.notice}:${content.personId ?? ""}`;
}

/** `[emoji, count, first people]` of each emoji. */
export const reactionsOf = ({ reactions }: Pick<Message, "reactions">) =>
  reactions.map(({ emoji, count, personIds }) => [emoji, count, personIds] as const);

/** All that a reader holds of a message, in a form to be compared with the tables. */
export const stateOf = (message: Message, own: readonly string[]) => {
  const { seq, senderId, clientId, rev, preview } = message;
  return [seq, senderId, clientId, saidIn(message), rev, reactionsOf(message), [...own].sort(), preview] as const;
};

/** How a person has a conversation, in a form to be compared with the tables: times in milliseconds. */
export const settingsOf = (settings: Settings) => {
  const { pinned, muted, archivedAt, hiddenAt, markedUnreadSeq, hiddenUnread, lastVisible } = settings;
  const at = (time: string | null | undefined) => (time ? Date.parse(time) : null);
  const [lastSeq, seq] = [lastVisible?.lastSeq ?? null, lastVisible?.seq ?? null];
  const mute = muted ? muted.exceptMentions : null;
  return [pinned, muted !== null, mute, at(archivedAt), at(hiddenAt), markedUnreadSeq, hiddenUnread, lastSeq, seq];
};

export const inbox = "private-inbox";
