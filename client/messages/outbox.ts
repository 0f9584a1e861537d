import { backoffMs, pause } from "#client/backoff.ts";
import type { Uploads } from "#client/media/uploads.ts";
import { createOutboxStore, type OutboxStore, type PendingMessage } from "#client/messages/outbox-store.ts";
import type { Realtime } from "#client/realtime/realtime.ts";
import { isRetryable, reasonOf } from "#client/refusal.ts";
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
  start(): () => void;
};

type OutboxParts = { api: Api; realtime: Realtime; uploads: Uploads; wait?: typeof pause };

/** After this many failed attempts in a row the message shows as failed; it is still sent after a reconnect. */
const attemptsBeforeFailing = 4;

/** Retries even without a reconnect event. */
const wakeEveryMs = 5_000;

/** Messages that failed because no server answered are retried in order; refused ones wait for the person. */
const isDue = ({ state, reason }: PendingMessage) => state === "sending" || (reason !== null && isRetryable(reason));

const isFirstOfBatch = (message: PendingMessage, due: readonly PendingMessage[]) =>
  message.batch === undefined || due.find(({ batch }) => batch === message.batch) === message;

/**
 * Sends one message at a time per conversation, so that they arrive in the order in which they were written. The same
 * `clientId` on every attempt makes retries safe. The list is in this tab's session storage, so a reload loses nothing.
 * `wait` pauses between attempts, in milliseconds.
 */
export function createOutbox({ api, realtime, uploads, wait = pause }: OutboxParts, meId: string): Outbox {
  const store = createOutboxStore(meId);
  const busy = new Set<string>();
  /** False until the interrupted uploads were read after a reload. */
  let resumed = false;

  /**
   * A message waits for its own files only, so that text after a large video is not held up. An unknown file is
   * uploaded already.
   */
  function uploadsReady({ clientId, content }: PendingMessage): boolean {
    const files = filesOf(content);
    const waited = files.flatMap((fileId) => uploads.get(fileId) ?? []);
    const refused = waited.find(({ state }) => state === "failed");
    if (refused) store.change(clientId, { state: "failed", reason: refused.reason });
    return (resumed || files.length === 0) && waited.every(({ state }) => state === "ready");
  }

  async function drain(conversationId: string): Promise<void> {
    if (busy.has(conversationId)) return;
    busy.add(conversationId);
    try {
      for (;;) {
        const due = store.all().filter((one) => one.conversationId === conversationId && isDue(one));
        const next = due.find((one) => uploadsReady(one) && isFirstOfBatch(one, due));
        if (!next) return;
        store.change(next.clientId, { state: "sending", reason: null });
        if (!(await attempt(next, { api, realtime, store, wait }))) return;
      }
    } finally {
      busy.delete(conversationId);
    }
  }

  function wake(): void {
    for (const conversationId of new Set(store.all().map((one) => one.conversationId))) void drain(conversationId);
  }

  return {
    all: store.all,
    subscribe: store.subscribe,
    send: (conversationId, content, optimistic, batch) => {
      const clientId = crypto.randomUUID();
      const createdAt = new Date().toISOString();
      const state = "sending";
      const message: PendingMessage = { clientId, conversationId, content, optimistic, createdAt, state, reason: null };
      store.add(batch === undefined ? message : { ...message, batch });
      void drain(conversationId);
    },
    retry: (clientId) => {
      const message = store.change(clientId, { state: "sending", reason: null });
      if (!message) return;
      for (const fileId of filesOf(message.content)) uploads.retry(fileId);
      void drain(message.conversationId);
    },
    discard: (clientId) => {
      const message = store.all().find((one) => one.clientId === clientId);
      store.remove(clientId);
      for (const fileId of message ? filesOf(message.content) : []) uploads.cancel(fileId);
    },
    start: () => {
      const waitsFor = new Set(store.all().flatMap(({ content }) => filesOf(content)));
      void uploads
        .resume((fileId) => waitsFor.has(fileId))
        .then(() => {
          resumed = true;
          wake();
        });
      const stopUploads = uploads.subscribe(wake);
      const stop = realtime.subscribe(() => realtime.status() === "connected" && wake());
      window.addEventListener("online", wake);
      const timer = setInterval(wake, wakeEveryMs);
      return () => {
        stop();
        stopUploads();
        clearInterval(timer);
        window.removeEventListener("online", wake);
      };
    },
  };
}

/** False when no server answered: later messages must not overtake this one. */
async function attempt(
  { conversationId, clientId, content }: PendingMessage,
  { api, realtime, store, wait }: Required<Omit<OutboxParts, "uploads">> & { store: OutboxStore },
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await api.messages.send.mutate({ conversationId, clientId, content });
      // Apply the answer as an event, so that the message appears even while the worker is down.
      await realtime
        .receive({
          scope: "conversation",
          type: "message.sent",
          conversationId,
          rev: answer.message.rev,
          message: answer.message,
        })
        .catch(() => {});
      store.remove(clientId);
      return true;
    } catch (error) {
      const { reason, params } = reasonOf(error);
      if (reason === "rate_limited") await wait(Number(params.retryAfter ?? 1) * 1_000);
      else if (!isRetryable(reason) || tries >= attemptsBeforeFailing) {
        store.change(clientId, { state: "failed", reason });
        return !isRetryable(reason);
      } else await wait(backoffMs(tries));
    }
  }
}
