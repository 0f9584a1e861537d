import { unreadOf } from "#client/conversations/unread.ts";
import type { ConversationList } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";
import type { DeliveredReport, DeviceClass } from "#contracts/receipts.ts";

export type DeliveredReports = {
  /** This device has the conversation up to `seq`. */
  add(conversationId: string, seq: number): void;
  /** The same of every conversation with unread messages: what is read is known to be delivered. */
  addUnread(list: ConversationList | undefined): void;
  close(): void;
};

/** Long enough to hold what arrives together, short enough for the other person, who waits for the second tick. */
const gatherMs = 400;

/** Gathers what this device has received and says it with `send`; what is lost is said again after the next connect. */
export function createDeliveredReports(send: (report: DeliveredReport) => void): DeliveredReports {
  const waiting = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    const batch = [...waiting].slice(0, limits.deliveredAtOnce);
    for (const [id] of batch) waiting.delete(id);
    timer = undefined;
    send({ device: deviceClass(), delivered: Object.fromEntries(batch) });
    if (waiting.size > 0) schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(flush, gatherMs);
  }

  function add(conversationId: string, seq: number): void {
    waiting.set(conversationId, Math.max(seq, waiting.get(conversationId) ?? 0));
    schedule();
  }

  return {
    add,
    addUnread: (list) => {
      for (const conversation of list?.conversations ?? []) {
        if (unreadOf(conversation) > 0) add(conversation.id, conversation.lastSeq);
      }
    },
    close: () => clearTimeout(timer),
  };
}

/** By what the browser says of itself; a tablet counts as a computer. */
const deviceClass = (): DeviceClass => (/Mobi/.test(navigator.userAgent) ? "phone" : "computer");
