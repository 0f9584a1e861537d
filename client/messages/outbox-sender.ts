import { backoffMs, type pause } from "#client/backoff.ts";
import type { Uploads } from "#client/media/uploads.ts";
import type { OutboxStore, PendingMessage } from "#client/messages/outbox-store.ts";
import type { Realtime } from "#client/realtime/realtime.ts";
import { isRetryable, reasonOf } from "#client/refusal.ts";
import type { Api } from "#client/trpc.ts";
import { filesOf } from "#contracts/messages/kinds/index.ts";

export type SenderParts = { api: Api; realtime: Realtime; uploads: Uploads; store: OutboxStore; wait: typeof pause };

/** After this many failed attempts in a row the message shows as failed; it is still sent after a reconnect. */
const attemptsBeforeFailing = 4;

/** In slow mode a message waits no longer than this: after it the person decides whether it is still to be said. */
const longestPauseSeconds = 60;

/** Messages that failed because no server answered are retried in order; refused ones wait for the person. */
const isDue = ({ state, reason }: PendingMessage) => state === "sending" || (reason !== null && isRetryable(reason));

const isFirstOfBatch = (message: PendingMessage, due: readonly PendingMessage[]) =>
  message.batch === undefined || due.find(({ batch }) => batch === message.batch) === message;

/** Milliseconds for which a message is held still. A clock that was set back ends it: the message left before it was written. */
export function holdLeft({ heldUntil = 0, createdAt }: PendingMessage): number {
  const now = Date.now();
  return now < Date.parse(createdAt) ? 0 : Math.max(0, heldUntil - now);
}

/** Sends what is due, one message at a time per conversation. */
export function createSender({ api, realtime, uploads, store, wait }: SenderParts) {
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
        const left = holdLeft(next);
        if (left > 0) {
          setTimeout(() => void drain(conversationId), left);
          return;
        }
        store.change(next.clientId, { state: "sending", reason: null });
        if (!(await attempt(next, { api, realtime, store, wait }))) return;
      }
    } finally {
      busy.delete(conversationId);
    }
  }

  return {
    drain,
    wake: () => {
      for (const conversationId of new Set(store.all().map((one) => one.conversationId))) void drain(conversationId);
    },
    uploadsResumed: () => {
      resumed = true;
    },
  };
}

/** False when no server answered: later messages must not overtake this one. */
async function attempt(
  { conversationId, clientId, content }: PendingMessage,
  { api, realtime, store, wait }: Omit<SenderParts, "uploads">,
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
      const waitSeconds = Number(params.retryAfter ?? 1);
      if (reason === "rate_limited" || (reason === "slow_mode" && waitSeconds <= longestPauseSeconds)) {
        await wait(waitSeconds * 1_000);
      } else if (!isRetryable(reason) || tries >= attemptsBeforeFailing) {
        store.change(clientId, { state: "failed", reason });
        return !isRetryable(reason);
      } else await wait(backoffMs(tries));
    }
  }
}
