import type { Cache } from "#client/realtime/apply-event.ts";
import { applyReceipts, askLastReceiptsAnew, askReceiptsAnew } from "#client/realtime/apply-receipts.ts";
import { createDeliveredReports } from "#client/realtime/delivered.ts";
import type { ConversationList } from "#contracts/conversations.ts";
import type { Message } from "#contracts/messages/message.ts";
import type { DeliveredReport, DeviceClass, Receipts } from "#contracts/receipts.ts";

export type ReceiptExchange = {
  /** What others have received and read. */
  receive(receipts: Receipts): void;
  /** This device has the message, and all before it. */
  have(message: Message): void;
  /** After a connect: asks for what was told meanwhile, and says what this device has. */
  connected(): void;
  /** Something was fetched, perhaps the list, which this device has then. */
  fetched(): void;
  close(): void;
};

/** In a community many receive a message at nearly the same moment. */
const lastReceiptsGatherMs = 1_500;

/**
 * By what the browser says of itself; a tablet counts as a computer. The server renders pages with all of this, too, and
 * Node 20 has no navigator; nothing is reported there.
 */
const deviceClass = (): DeviceClass => (/Mobi/.test(globalThis.navigator?.userAgent ?? "") ? "phone" : "computer");

/** Both directions: what others have of my messages, and what this device has of theirs, said with `send`. */
export function createReceiptExchange(cache: Cache, send: (report: DeliveredReport) => void): ReceiptExchange {
  const delivered = createDeliveredReports(deviceClass(), send);
  const sayUnread = () => delivered.addUnread(cache.queryClient.getQueryData<ConversationList>(cache.keys.inbox));
  let due: ReturnType<typeof setTimeout> | undefined;
  const askLast = () => {
    due = undefined;
    askLastReceiptsAnew(cache);
  };
  return {
    receive: (receipts) => {
      if (applyReceipts(cache, receipts)) due ??= setTimeout(askLast, lastReceiptsGatherMs);
    },
    have: ({ conversationId, senderId, seq }) => {
      if (senderId !== cache.meId) delivered.add(conversationId, seq);
    },
    connected: () => {
      askReceiptsAnew(cache);
      delivered.restart();
      sayUnread();
    },
    fetched: sayUnread,
    close: () => {
      delivered.close();
      clearTimeout(due);
    },
  };
}
