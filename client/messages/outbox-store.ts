import { createListeners } from "#client/listeners.ts";
import type { Content, Sendable } from "#contracts/messages/kinds/index.ts";
import type { Reason } from "#contracts/refusals.ts";

/** A message that was written in this tab and is not stored in the conversation yet. */
export type PendingMessage = {
  clientId: string;
  conversationId: string;
  content: Sendable;
  /** The message as it will be stored, as far as this browser can tell; shown until the answer arrives. */
  optimistic: Content;
  createdAt: string;
  /** Files that were sent together share an id and are sent in the order in which they were shown. */
  batch?: string;
  /** Epoch milliseconds until which it is held, so that it can be taken back; past: it was held. */
  heldUntil?: number;
  state: "sending" | "failed";
  reason: Reason | null;
};

/** The list, its listeners and its copy in session storage. Another person's copy is never read. */
export function createOutboxStore(meId: string) {
  const key = `imchat.outbox.${meId}`;
  const { notify, subscribe } = createListeners();
  let messages: PendingMessage[] = [];
  try {
    messages = JSON.parse(window.sessionStorage.getItem(key) ?? "[]") as PendingMessage[];
  } catch {
    // Not readable, forbidden, or not in a browser (a page that is rendered on the server): nothing is pending.
  }

  function write(next: PendingMessage[]): void {
    messages = next;
    try {
      window.sessionStorage.setItem(key, JSON.stringify(messages));
    } catch {
      // Storage is full or forbidden: the message is still sent, but a reload would lose it.
    }
    notify();
  }

  return {
    all: () => messages,
    subscribe,
    add: (message: PendingMessage) => write([...messages, message]),
    remove: (clientId: string) => write(messages.filter((one) => one.clientId !== clientId)),
    change: (clientId: string, to: Partial<PendingMessage>): PendingMessage | undefined => {
      write(messages.map((one) => (one.clientId === clientId ? { ...one, ...to } : one)));
      return messages.find((one) => one.clientId === clientId);
    },
  };
}

/**
 * The pending messages that `stored` does not contain: a message's event may arrive before the answer to its send, and
 * then its row is there already.
 */
export function notYetStored(
  pending: readonly PendingMessage[],
  stored: readonly { clientId: string }[],
): PendingMessage[] {
  const known = new Set(stored.map(({ clientId }) => clientId));
  return pending.filter(({ clientId }) => !known.has(clientId));
}

export type OutboxStore = ReturnType<typeof createOutboxStore>;
