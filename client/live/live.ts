import type { QueryKey } from "@tanstack/react-query";
import { applyConversationEvent, applyPersonEvent, type Cache } from "#client/live/apply-event.ts";
import { createCatchUp } from "#client/live/catch-up.ts";
import { openConnection } from "#client/live/connection.ts";
import type { Lane } from "#client/live/lane.ts";
import type { Presence } from "#client/live/presence.ts";
import { shareConnection } from "#client/live/shared-connection.ts";
import type { Api } from "#client/trpc.ts";
import { isConversationEvent, type WireEvent } from "#contracts/events.ts";
import type { InboxHeads } from "#contracts/realtime.ts";

/**
 * `connecting` at first; `connected` when events arrive; `reconnecting` while they do not; `polling` when the product
 * works without the worker; `offline` when the browser says there is no network.
 */
export type ConnectionStatus = "connecting" | "connected" | "reconnecting" | "polling" | "offline";

export type Live = {
  /** Applies an event (from the worker, or the answer to my own send) and closes the gaps that it shows. */
  receive(event: WireEvent): Promise<void>;
  status(): ConnectionStatus;
  subscribe(listener: () => void): () => void;
  start(): () => void;
};

/** Without the worker the client asks this often. */
const pollEvery = 5_000;

export function createLive(api: Api, cache: Cache, lane: Lane, presence: Presence): Live {
  const catchUp = createCatchUp(api, cache);
  const listeners = new Set<() => void>();
  let status: ConnectionStatus = "connecting";

  function setStatus(next: ConnectionStatus): void {
    if (status === next) return;
    status = next;
    for (const listener of listeners) listener();
  }

  async function receive(event: WireEvent): Promise<void> {
    if (event.type === "profile.changed") await cache.queryClient.invalidateQueries({ queryKey: cache.keys.me });
    const gaps = isConversationEvent(event) ? applyConversationEvent(cache, event) : applyPersonEvent(cache, event);
    if (gaps.size > 0) await catchUp.close(gaps, isConversationEvent(event) ? event.conversationId : null);
  }

  /** Failing is fine: the next poll, event or reconnect asks again. */
  const sync = (heads: InboxHeads | null = null) =>
    catchUp.sync(heads).then(
      () => true,
      () => false,
    );

  function start(): () => void {
    let ready = false;
    /** Something could not be asked for: the interval asks until it can. */
    let behind = false;
    const stopSyncing = afterFetches(cache, () => void sync());
    /** Only an answered comparison makes "connected" true. */
    function settle(worked: boolean): void {
      behind = !worked;
      if (worked) setStatus("connected");
    }
    const poll = setInterval(async () => {
      if ((ready && !behind) || document.visibilityState === "hidden") return;
      const worked = await sync();
      if (ready) return settle(worked);
      setStatus(worked ? "polling" : navigator.onLine ? "reconnecting" : "offline");
    }, pollEvery);
    const authorize = () => api.realtime.authorize.mutate({});
    const connection = shareConnection(`imchat-live-${cache.meId}`, (listener) => openConnection(authorize, listener), {
      onReady: async (heads) => {
        ready = true;
        lane.attach((call) => connection.call(call));
        const worked = await sync(heads);
        if (ready) settle(worked);
      },
      onLost: () => {
        ready = false;
        lane.detach();
        presence.forget();
        if (status === "connected" || !navigator.onLine) setStatus(navigator.onLine ? "reconnecting" : "offline");
      },
      onEvent: (event) =>
        void receive(event).catch(() => {
          behind = true;
        }),
      onResult: lane.answered,
      onPresence: presence.change,
    });
    return () => {
      stopSyncing();
      clearInterval(poll);
      lane.detach();
      connection.close();
    };
  }

  return {
    receive,
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start,
  };
}

/** What was told while a piece was being fetched found nothing to change; its answer may be older. So compare. */
function afterFetches(cache: Cache, compare: () => void): () => void {
  let due: ReturnType<typeof setTimeout> | undefined;
  const stop = cache.queryClient.getQueryCache().subscribe((change) => {
    if (change.type !== "updated" || change.action.type !== "success" || change.action.manual) return;
    if (!isLivePiece(cache, change.query.queryKey)) return;
    clearTimeout(due);
    due = setTimeout(compare, 50);
  });
  return () => {
    clearTimeout(due);
    stop();
  };
}

/** The first part of a key names the verb, or the timelines. */
function isLivePiece({ keys }: Cache, key: QueryKey): boolean {
  const beginnings = [keys.inbox, keys.friends, keys.communities, keys.members(""), keys.timeline("")];
  return beginnings.some((one) => JSON.stringify(one[0]) === JSON.stringify(key[0]));
}
