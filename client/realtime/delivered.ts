import { unreadOf } from "#client/conversations/unread.ts";
import type { ConversationList } from "#contracts/conversations.ts";
import { limits } from "#contracts/limits.ts";
import type { DeliveredReport, DeviceClass } from "#contracts/receipts.ts";

export type DeliveredReports = {
  /** This device has the conversation up to `seq`. */
  add(conversationId: string, seq: number): void;
  /** The same of every conversation with unread messages: what is read is known to be delivered. */
  addUnread(list: ConversationList | undefined): void;
  /** After a connect: what was said before may be lost, so it may be said again. */
  restart(): void;
  close(): void;
};

/** The first report follows soon, because the other person waits for the second tick; it holds what arrives together. */
const firstAfterMs = 200;
/** While more arrives a report stands for all of it: a second apart, ticks keep up with a reader. */
const everyMs = 1_500;

/** Gathers what this device has received and says it with `send`; what is lost is said again after the next connect. */
export function createDeliveredReports(device: DeviceClass, send: (report: DeliveredReport) => void): DeliveredReports {
  const waiting = new Map<string, number>();
  const said = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;

  function flush(): void {
    const batch = [...waiting].slice(0, limits.deliveredAtOnce);
    for (const [id, seq] of batch) {
      waiting.delete(id);
      said.set(id, seq);
    }
    timer = undefined;
    lastAt = performance.now();
    send({ device, delivered: Object.fromEntries(batch) });
    if (waiting.size > 0) schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(flush, Math.max(firstAfterMs, lastAt + everyMs - performance.now()));
  }

  function add(conversationId: string, seq: number): void {
    if (seq <= (waiting.get(conversationId) ?? said.get(conversationId) ?? 0)) return;
    waiting.set(conversationId, seq);
    schedule();
  }

  return {
    add,
    addUnread: (list) => {
      for (const conversation of list?.conversations ?? []) {
        if (unreadOf(conversation) > 0) add(conversation.id, conversation.lastSeq);
      }
    },
    restart: () => said.clear(),
    close: () => clearTimeout(timer),
  };
}
