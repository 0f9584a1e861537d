import { createListeners } from "#client/listeners.ts";
import type { Live } from "#client/live/live.ts";
import { isPassing, reasonOf } from "#client/refusal.ts";
import type { Api } from "#client/trpc.ts";
import type { Content, Sendable } from "#contracts/kinds/index.ts";
import type { Reason } from "#contracts/refusals.ts";

/** A message that this tab wrote and the conversation does not show yet. */
export type PendingMessage = {
  clientId: string;
  conversationId: string;
  content: Sendable;
  /** As it will be stored, as far as this browser can tell: what is on screen until the answer comes. */
  shown: Content;
  createdAt: string;
  state: "sending" | "failed";
  reason: Reason | null;
};

export type Outbox = {
  all(): PendingMessage[];
  subscribe(listener: () => void): () => void;
  send(conversationId: string, content: Sendable, shown: Content): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  start(): () => void;
};

/** After this many attempts in a row the message says that it waits; it still goes out when the link is back. */
const attemptsBeforeFailing = 4;

/** The server may be back without any sign of it. */
const wakeEvery = 5_000;

/** What failed for want of a server goes out again, in order; what the product refused waits for the person. */
const isDue = ({ state, reason }: PendingMessage) => state === "sending" || (reason !== null && isPassing(reason));

/**
 * Sends one message at a time per conversation, so that they arrive in the order in which they were written. The same
 * `clientId` on every attempt makes retries safe. Kept in this tab's session storage, so a reload loses nothing.
 */
export function createOutbox(api: Api, live: Live, meId: string): Outbox {
  const store = createStore(meId);
  const busy = new Set<string>();

  /** False when it waits for a server: what was written after it must not overtake it. */
  async function attempt(message: PendingMessage): Promise<boolean> {
    const { conversationId, clientId, content } = message;
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await api.messages.send.mutate({ conversationId, clientId, content });
        // The answer is the event: where the worker is away the message still takes its place.
        await live
          .receive({ type: "message.sent", conversationId, rev: answer.message.rev, message: answer.message })
          .catch(() => {});
        store.remove(clientId);
        return true;
      } catch (error) {
        const { reason, params } = reasonOf(error);
        if (reason === "too_fast") await wait(Number(params.retryAfter ?? 1) * 1_000);
        else if (!isPassing(reason) || tries >= attemptsBeforeFailing) {
          store.change(clientId, { state: "failed", reason });
          return !isPassing(reason);
        } else await wait(Math.min(8_000, 500 * 2 ** tries) * (0.5 + Math.random()));
      }
    }
  }

  async function drain(conversationId: string): Promise<void> {
    if (busy.has(conversationId)) return;
    busy.add(conversationId);
    try {
      for (;;) {
        const next = store.all().find((one) => one.conversationId === conversationId && isDue(one));
        if (!next) return;
        store.change(next.clientId, { state: "sending", reason: null });
        if (!(await attempt(next))) return;
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
    send: (conversationId, content, shown) => {
      const clientId = crypto.randomUUID();
      const createdAt = new Date().toISOString();
      store.add({ clientId, conversationId, content, shown, createdAt, state: "sending", reason: null });
      void drain(conversationId);
    },
    retry: (clientId) => {
      const message = store.change(clientId, { state: "sending", reason: null });
      if (message) void drain(message.conversationId);
    },
    discard: store.remove,
    start: () => {
      wake();
      const stop = live.subscribe(() => live.status() === "connected" && wake());
      window.addEventListener("online", wake);
      const timer = setInterval(wake, wakeEvery);
      return () => {
        stop();
        clearInterval(timer);
        window.removeEventListener("online", wake);
      };
    },
  };
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The list, its listeners and its copy in session storage. Another person's copy is never read. */
function createStore(meId: string) {
  const key = `imchat.outbox.${meId}`;
  const { tell, subscribe } = createListeners();
  let messages: PendingMessage[] = [];
  if (typeof window !== "undefined") {
    try {
      messages = JSON.parse(window.sessionStorage.getItem(key) ?? "[]") as PendingMessage[];
    } catch {
      messages = [];
    }
  }

  function write(next: PendingMessage[]): void {
    messages = next;
    try {
      window.sessionStorage.setItem(key, JSON.stringify(messages));
    } catch {
      // A full or forbidden storage costs the copy, not the message.
    }
    tell();
  }

  return {
    all: () => messages,
    subscribe,
    add: (message: PendingMessage) => write([...messages, message]),
    remove: (clientId: string) => write(messages.filter((one) => one.clientId !== clientId)),
    change: (clientId: string, to: Pick<PendingMessage, "state" | "reason">): PendingMessage | undefined => {
      write(messages.map((one) => (one.clientId === clientId ? { ...one, ...to } : one)));
      return messages.find((one) => one.clientId === clientId);
    },
  };
}
