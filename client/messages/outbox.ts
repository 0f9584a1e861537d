import { pause } from "#client/backoff.ts";
import type { Uploads } from "#client/media/uploads.ts";
import { createSender, holdLeft } from "#client/messages/outbox-sender.ts";
import { createOutboxStore, type PendingMessage } from "#client/messages/outbox-store.ts";
import type { Realtime } from "#client/realtime/realtime.ts";
import type { Api } from "#client/trpc.ts";
import type { Content, Sendable } from "#contracts/messages/kinds/index.ts";
import { filesOf } from "#contracts/messages/kinds/index.ts";

export type Outbox = {
  all(): PendingMessage[];
  subscribe(listener: () => void): () => void;
  /** Messages of one `batch` are stored in the order of these calls, however long their files take. */
  send(conversationId: string, content: Sendable, optimistic: Content, batch?: string): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  /** Takes a message back that is held still; false when it is on its way. */
  undo(clientId: string): boolean;
  start(): () => void;
};

type OutboxParts = {
  api: Api;
  realtime: Realtime;
  uploads: Uploads;
  wait?: typeof pause;
  /** For how long a message is held before it is sent. */
  holdMs?: () => number;
};

/** Retries even without a reconnect event. */
const wakeEveryMs = 5_000;

/**
 * Sends one message at a time per conversation, so that they arrive in the order in which they were written. The same
 * `clientId` on every attempt makes retries safe. The list is in this tab's session storage, so a reload loses nothing.
 * A message that is held is sent when its time is over, and at once when the page is left or covered: it may never be shown
 * again. `wait` pauses between attempts, in milliseconds.
 */
export function createOutbox(
  { api, realtime, uploads, wait = pause, holdMs = () => 0 }: OutboxParts,
  meId: string,
): Outbox {
  const store = createOutboxStore(meId);
  const sender = createSender({ api, realtime, uploads, store, wait });
  const { drain, wake } = sender;

  function release(): void {
    if (document.visibilityState !== "hidden") return;
    for (const one of store.all()) if (holdLeft(one) > 0) store.change(one.clientId, { heldUntil: 0 });
    wake();
  }

  function remove(clientId: string): void {
    const message = store.all().find((one) => one.clientId === clientId);
    store.remove(clientId);
    for (const fileId of message ? filesOf(message.content) : []) uploads.cancel(fileId);
  }

  return {
    all: store.all,
    subscribe: store.subscribe,
    send: (conversationId, content, optimistic, batch) => {
      const clientId = crypto.randomUUID();
      const createdAt = new Date().toISOString();
      const state = "sending";
      const message: PendingMessage = { clientId, conversationId, content, optimistic, createdAt, state, reason: null };
      const hold = holdMs();
      const held = hold > 0 ? { heldUntil: Date.now() + hold } : {};
      store.add({ ...message, ...held, ...(batch === undefined ? {} : { batch }) });
      void drain(conversationId);
    },
    retry: (clientId) => {
      const message = store.change(clientId, { state: "sending", reason: null });
      if (!message) return;
      for (const fileId of filesOf(message.content)) uploads.retry(fileId);
      void drain(message.conversationId);
    },
    discard: remove,
    undo: (clientId) => {
      const message = store.all().find((one) => one.clientId === clientId);
      if (!message || holdLeft(message) === 0) return false;
      remove(clientId);
      return true;
    },
    start: () => {
      const waitsFor = new Set(store.all().flatMap(({ content }) => filesOf(content)));
      void uploads
        .resume((fileId) => waitsFor.has(fileId))
        .then(() => {
          sender.uploadsResumed();
          wake();
        });
      const stopUploads = uploads.subscribe(wake);
      const stop = realtime.subscribe(() => realtime.status() === "connected" && wake());
      window.addEventListener("online", wake);
      // It bubbles to the window; a page that is closed is hidden first.
      window.addEventListener("visibilitychange", release);
      const timer = setInterval(wake, wakeEveryMs);
      return () => {
        stop();
        stopUploads();
        clearInterval(timer);
        window.removeEventListener("online", wake);
        window.removeEventListener("visibilitychange", release);
      };
    },
  };
}
