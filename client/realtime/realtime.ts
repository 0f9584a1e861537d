import type { QueryKey } from "@tanstack/react-query";
import { createListeners } from "#client/listeners.ts";
import { applyConversationEvent, applyPersonEvent, type Cache } from "#client/realtime/apply-event.ts";
import type { ConnectionListener } from "#client/realtime/attempt.ts";
import { comparedKeys, createCatchUp } from "#client/realtime/catch-up.ts";
import { type Connection, openConnection } from "#client/realtime/connection.ts";
import type { Presence } from "#client/realtime/presence.ts";
import { createReceiptExchange } from "#client/realtime/receipts.ts";
import type { RpcLink } from "#client/realtime/rpc-link.ts";
import { shareConnection } from "#client/realtime/tabs/share-connection.ts";
import type { TypingBoard } from "#client/realtime/typing.ts";
import type { Api } from "#client/trpc.ts";
import { isConversationEvent, type WireEvent } from "#contracts/events.ts";
import type { InboxHeads } from "#contracts/realtime.ts";

/**
 * `connecting` at first; `connected` when events arrive; `reconnecting` while they do not; `polling` when the API
 * answers but the worker does not; `offline` when the browser reports no network.
 */
export type ConnectionStatus = "connecting" | "connected" | "reconnecting" | "polling" | "offline";

export type Realtime = {
  /** Applies an event (from the worker, or the answer to my own send) and closes the gaps that it shows. */
  receive(event: WireEvent): Promise<void>;
  status(): ConnectionStatus;
  subscribe(listener: () => void): () => void;
  /** Says that I am typing in this conversation. */
  sendTyping(conversationId: string): void;
  /** Connects and keeps the cache current until the returned function is called. */
  start(): () => void;
};

/** What the connection updates besides the cache. */
export type RealtimeParts = { rpcLink: RpcLink; presence: Presence; typing: TypingBoard };

/** Polling interval while the worker is down. */
const pollEveryMs = 5_000;
export function createRealtime(api: Api, cache: Cache, { rpcLink, presence, typing }: RealtimeParts): Realtime {
  const catchUp = createCatchUp(api, cache);
  const status = createStatus();
  let connection: Connection | undefined;
  const receipts = createReceiptExchange(cache, (report) => connection?.sendDelivered(report));

  async function receive(event: WireEvent): Promise<void> {
    if (event.type === "profile.changed") await cache.queryClient.invalidateQueries({ queryKey: cache.keys.me });
    if (event.type === "message.sent") {
      typing.stopped({ conversationId: event.conversationId, personId: event.message.senderId });
    }
    const gaps = isConversationEvent(event) ? applyConversationEvent(cache, event) : applyPersonEvent(cache, event);
    if (gaps.size > 0) await catchUp.close(gaps, isConversationEvent(event) ? event.conversationId : null);
    if (event.type === "message.sent") receipts.have(event.message);
  }

  /** Resolves with false after a failure; the next poll, event or reconnect tries again. */
  const sync = (heads: InboxHeads | null = null) => succeeds(catchUp.sync(heads));

  function start(): () => void {
    let ready = false;
    /** The cache may lack something, because a fetch failed: polling tries again, although events arrive. */
    let behind = false;
    const stopSyncing = afterFetches(cache, () => {
      receipts.fetched();
      void sync();
    });
    /** Events arrive; the status is "connected" only once the cache was also compared with the heads. */
    function endSync(worked: boolean): void {
      behind = !worked;
      if (worked) status.set("connected");
    }
    const poll = setInterval(async () => {
      if ((ready && !behind) || document.visibilityState === "hidden") return;
      const worked = await sync();
      if (ready) return endSync(worked);
      status.set(worked ? "polling" : navigator.onLine ? "reconnecting" : "offline");
    }, pollEveryMs);
    const open = (listener: ConnectionListener) => openConnection(() => api.realtime.authorize.mutate({}), listener);
    connection = shareConnection(`imchat-realtime-${cache.meId}`, open, {
      onReady: async (heads) => {
        ready = true;
        rpcLink.attach((call) => connection?.call(call) ?? false);
        const worked = await sync(heads);
        receipts.connected();
        if (ready) endSync(worked);
      },
      onLost: () => {
        ready = false;
        rpcLink.detach();
        presence.forget();
        if (status.get() === "connected" || !navigator.onLine)
          status.set(navigator.onLine ? "reconnecting" : "offline");
      },
      onEvent: async (event) => {
        if (!(await succeeds(receive(event)))) behind = true;
      },
      onResult: rpcLink.answered,
      onPresence: presence.change,
      onTyping: typing.receive,
      onReceipts: receipts.receive,
    });
    return () => {
      stopSyncing();
      receipts.close();
      clearInterval(poll);
      rpcLink.detach();
      connection?.close();
    };
  }

  return {
    receive,
    status: status.get,
    sendTyping: (conversationId) => connection?.sendTyping(conversationId),
    subscribe: status.subscribe,
    start,
  };
}

function createStatus() {
  const { notify, subscribe } = createListeners();
  let status: ConnectionStatus = "connecting";
  const set = (next: ConnectionStatus) => {
    if (status === next) return;
    status = next;
    notify();
  };
  return { get: () => status, set, subscribe };
}

const succeeds = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  );

/**
 * Calls `compare` shortly after each fetch of a query that events change: an event that arrived during the fetch was not
 * applied, and the fetched answer may be older than it.
 */
function afterFetches(cache: Cache, compare: () => void): () => void {
  let due: ReturnType<typeof setTimeout> | undefined;
  const stop = cache.queryClient.getQueryCache().subscribe((change) => {
    if (change.type !== "updated" || change.action.type !== "success" || change.action.manual) return;
    if (!isChangedByEvents(cache, change.query.queryKey)) return;
    clearTimeout(due);
    due = setTimeout(compare, 50);
  });
  return () => {
    clearTimeout(due);
    stop();
  };
}

/** The first part of a key is the procedure, or a name of our own. */
function isChangedByEvents({ keys }: Cache, key: QueryKey): boolean {
  return comparedKeys(keys).some((one) => JSON.stringify(one[0]) === JSON.stringify(key[0]));
}
