import type { PendingMessage } from "#client/messages/use-outbox.ts";
import type { Message } from "#contracts/messages/message.ts";

/** What stands in the timeline, from top to bottom. */
export type Row =
  | { type: "day"; key: string; at: string }
  | { type: "unread"; key: string; count: number }
  | { type: "notice"; key: string; message: Message }
  | { type: "message"; key: string; item: Message | PendingMessage; senderId: string; first: boolean; last: boolean };

export const isStored = (item: Message | PendingMessage): item is Message => "seq" in item;
const timeOf = (item: Message | PendingMessage) => (isStored(item) ? item.sentAt : item.createdAt);
const dayOf = (iso: string) => new Date(iso).toDateString();

/** Messages of one person that follow each other within this time stand together under one name. */
const groupMs = 5 * 60_000;

type RowsInput = {
  messages: Message[];
  pending: PendingMessage[];
  myId: string;
  /** The first message that was unread when the conversation was opened. */
  firstUnread: number | null;
  unreadCount: number;
};

/** The key of a message is its clientId, stored or not: the row stays the same element when the answer arrives. */
export function buildRows({ messages, pending, myId, firstUnread, unreadCount }: RowsInput): Row[] {
  const rows: Row[] = [];
  let day = "";
  let divided = firstUnread === null;

  const add = (item: Message | PendingMessage, senderId: string) => {
    const at = timeOf(item);
    const itsDay = dayOf(at);
    if (itsDay !== day) {
      day = itsDay;
      rows.push({ type: "day", key: `day ${itsDay}`, at });
    }
    if (!divided && firstUnread !== null && isStored(item) && item.seq >= firstUnread) {
      divided = true;
      rows.push({ type: "unread", key: "unread", count: unreadCount });
    }
    if (isStored(item) && item.content.kind === "notice") {
      rows.push({ type: "notice", key: item.clientId, message: item });
      return;
    }
    const above = rows.at(-1);
    const joins =
      above?.type === "message" &&
      above.senderId === senderId &&
      Date.parse(at) - Date.parse(timeOf(above.item)) <= groupMs;
    if (joins) above.last = false;
    rows.push({ type: "message", key: item.clientId, item, senderId, first: !joins, last: true });
  };

  for (const message of messages) add(message, message.senderId);
  for (const item of pending) add(item, myId);
  return rows;
}
