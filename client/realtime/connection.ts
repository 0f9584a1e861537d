import type Pusher from "pusher-js";
import type { PresenceChange } from "#client/realtime/presence.ts";
import { conversationChannel, inboxChannel } from "#contracts/channels.ts";
import { type WireEvent, wireEvent } from "#contracts/events.ts";
import { type LaneCall, type LaneResult, laneCallBytes, laneEvents, laneResult } from "#contracts/lane.ts";
import { closeCodes } from "#contracts/pusher.ts";
import {
  type Authorization,
  type InboxHeads,
  inboxHeads,
  type Typing,
  typing,
  typingEvent,
} from "#contracts/realtime.ts";

export type Authorize = () => Promise<Authorization>;

/** The worker refused the credentials (4009): the session ended, or they expired. */
class CredentialsRefused extends Error {}

export type ConnectionListener = {
  /**
   * Every event after these heads arrives: compare, and catch up where behind. Null when they are unknown: fetch them.
   * Called again when the worker dropped events for a reader that was too slow.
   */
  onReady(heads: InboxHeads | null): void;
  /** The connection broke and is being opened again. */
  onLost(): void;
  onEvent(event: WireEvent): void;
  /** The answer to an RPC call. */
  onResult(result: LaneResult): void;
  /** First the presence of all my friends, then changes. */
  onPresence(change: PresenceChange): void;
  onTyping(typing: Typing): void;
};

export type Connection = {
  /** False when there is no connection, or the call is too large for it. */
  call(call: LaneCall): boolean;
  /** Says that I am typing; dropped when there is no connection. */
  sendTyping(conversationId: string): void;
  /** Reconnects now instead of after the backoff. */
  wake(): void;
  close(): void;
};

/** Exponential backoff between attempts, with jitter so that many tabs do not reconnect at once. */
const firstPauseMs = 500;
const longestPauseMs = 8_000;
/** An attempt that has not subscribed by then has failed. */
const attemptTimeoutMs = 6_000;
/** Credentials that expire this soon are fetched anew. */
const ticketMargin = 30_000;

/**
 * One connection to the worker, kept up for as long as it is open. pusher-js alone waits 15, 30 and 60 s after a refused
 * attempt and never retries a failed sign-in, so each attempt here is a fresh instance with our own timeout.
 */
export function openConnection(authorize: Authorize, listener: ConnectionListener): Connection {
  const credentials = createCredentialCache(authorize);
  let closed = false;
  let attempts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drop: (() => void) | undefined;
  let current: Attempt | undefined;

  function retry(soon: boolean): void {
    if (closed) return;
    clearTimeout(timer);
    const wait = Math.min(longestPauseMs, firstPauseMs * 2 ** attempts) * (0.5 + Math.random());
    timer = setTimeout(attempt, soon ? Math.random() * 200 : wait);
    attempts += 1;
  }

  function lose(): void {
    const dropNow = drop;
    drop = undefined;
    current = undefined;
    if (!dropNow) return;
    dropNow();
    listener.onLost();
    retry(false);
  }

  async function attempt(): Promise<void> {
    clearTimeout(timer);
    const next = connectOnce(credentials.get, listener);
    drop = next.close;
    const patience = setTimeout(lose, attemptTimeoutMs);
    try {
      const heads = await next.ready;
      if (closed || drop !== next.close) return;
      attempts = 0;
      current = next;
      listener.onReady(heads);
      next.lost.then((refused) => {
        if (refused) credentials.forget();
        if (drop === next.close) lose();
      });
    } catch (error) {
      if (error instanceof CredentialsRefused) credentials.forget();
      if (drop === next.close) lose();
    } finally {
      clearTimeout(patience);
    }
  }

  /** The device woke up or has a network again: reconnect now instead of after the backoff. */
  function wake(): void {
    if (closed || drop) return;
    attempts = 0;
    retry(true);
  }
  const show = () => document.visibilityState === "visible" && wake();
  window.addEventListener("online", wake);
  window.addEventListener("offline", lose);
  document.addEventListener("visibilitychange", show);
  attempt();

  return {
    call: (call) => current?.call(call) ?? false,
    sendTyping: (conversationId) => current?.sendTyping(conversationId),
    wake,
    close: () => {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener("online", wake);
      window.removeEventListener("offline", lose);
      document.removeEventListener("visibilitychange", show);
      drop?.();
    },
  };
}

type CredentialCache = { get: Authorize; forget: () => void };

/** Credentials serve many sign-ins, until shortly before they expire or until they are refused. */
function createCredentialCache(authorize: Authorize): CredentialCache {
  let kept: Authorization | undefined;
  return {
    get: async () => {
      if (!kept || Date.parse(kept.expiresAt) - Date.now() < ticketMargin) kept = await authorize();
      return kept;
    },
    forget: () => {
      kept = undefined;
    },
  };
}

/** `lost` resolves with whether the credentials were refused. */
type Attempt = {
  ready: Promise<InboxHeads | null>;
  lost: Promise<boolean>;
  call: Connection["call"];
  sendTyping: Connection["sendTyping"];
  close: () => void;
};

function connectOnce(authorize: Authorize, listener: ConnectionListener): Attempt {
  let pusher: Pusher | undefined;
  let closed = false;
  let lose = (_refused: boolean) => {};
  const lost = new Promise<boolean>((resolve) => {
    lose = resolve;
  });
  const ready = (async () => {
    const [{ default: PusherClient }, access] = await Promise.all([import("pusher-js"), authorize()]);
    if (closed) throw new Error("closed meanwhile");
    pusher = new PusherClient(access.key, optionsFor(access));
    return subscribeInbox(pusher, listener, lose);
  })();
  return {
    ready,
    lost,
    call: (call) => {
      if (!pusher || closed || JSON.stringify(call).length * 3 > laneCallBytes) return false;
      return pusher.send_event(laneEvents.call, call);
    },
    sendTyping: (conversationId) => pusher?.send_event("client-typing", {}, conversationChannel(conversationId)),
    close: () => {
      closed = true;
      if (pusher) abandon(pusher);
      lose(false);
    },
  };
}

/**
 * Ends an instance for good. After a close code of 42xx, pusher-js 8.6.0 sets two retry timers and clears only one, so
 * it connects again after `disconnect()`; such an attempt is closed as soon as it starts.
 */
function abandon(pusher: Pusher): void {
  pusher.unbind_all();
  pusher.connection.unbind_all();
  pusher.connection.bind("connecting", () => queueMicrotask(() => pusher.disconnect()));
  pusher.disconnect();
}

/** `code` is null when a frame was wrong and the connection stays open; undefined when the connection itself failed. */
type PusherError = { data?: { code?: number | null } };

function subscribeInbox(
  pusher: Pusher,
  listener: ConnectionListener,
  lose: (refused: boolean) => void,
): Promise<InboxHeads | null> {
  return new Promise((resolve, reject) => {
    const failOn = (error?: PusherError) => {
      // No code, or one from 4200 on, is about a frame; if the connection ends because of it, its state changes.
      const code = error?.data?.code;
      if (code !== null && (code ?? 0) < closeCodes.reconnect) fail(error);
    };
    const fail = (error?: PusherError) => {
      const refused = error?.data?.code === closeCodes.unauthorized;
      reject(refused ? new CredentialsRefused() : new Error("the worker was lost"));
      lose(refused);
    };
    pusher.connection.bind("state_change", ({ current }: { current: string }) => {
      if (current === "unavailable" || current === "failed" || current === "disconnected") fail();
      // After the first connection, "connecting" means that the connection broke: start over with a fresh instance.
      if (current === "connected") pusher.connection.bind("connecting", () => fail());
    });
    pusher.connection.bind("error", failOn);
    pusher.signin();
    const inbox = pusher.subscribe(inboxChannel);
    inbox.bind("pusher:subscription_succeeded", (data: unknown) => resolve(readHeads(data)));
    inbox.bind("pusher:subscription_error", () => fail());
    inbox.bind_global((name: string, data: unknown) => {
      if (name.startsWith("pusher")) return;
      if (name === typingEvent) return receiveTyping(data, listener);
      if (name === laneEvents.resync) return listener.onReady(readHeads(data));
      // An event of a newer version that this tab cannot read is skipped; the next event's `rev` shows the gap.
      const read = wireEvent.safeParse(data);
      if (read.success) listener.onEvent(read.data);
    });
    const onWatched = (name: "online" | "offline") => (data: { user_ids?: string[] }) => {
      listener.onPresence({ online: [], offline: [], [name]: data.user_ids ?? [] });
    };
    for (const name of ["online", "offline"] as const) pusher.user.watchlist.bind(name, onWatched(name));
    pusher.bind(laneEvents.result, (data: unknown) => {
      const read = laneResult.safeParse(data);
      if (read.success) listener.onResult(read.data);
    });
  });
}

function receiveTyping(data: unknown, listener: ConnectionListener): void {
  const read = typing.safeParse(data);
  if (read.success) listener.onTyping(read.data);
}

/** Null when a worker of another version sends another shape: then the client fetches the heads. */
function readHeads(data: unknown): InboxHeads | null {
  const read = inboxHeads.safeParse(data);
  return read.success ? read.data : null;
}

function optionsFor(access: Authorization): ConstructorParameters<typeof Pusher>[1] {
  const url = new URL(access.url);
  const port = url.port ? Number(url.port) : undefined;
  return {
    cluster: "self", // pusher-js insists on one; the host decides
    wsHost: url.hostname,
    wsPort: port ?? 80,
    wssPort: port ?? 443,
    wsPath: url.pathname === "/" ? "" : url.pathname,
    forceTLS: url.protocol === "wss:",
    enabledTransports: ["ws"], // with forceTLS this is wss
    pongTimeout: 5_000,
    userAuthentication: {
      endpoint: "",
      transport: "ajax",
      customHandler: (_request, answer) =>
        answer(null, { auth: access.ticket, user_data: JSON.stringify({ id: access.personId }) }),
    },
    // The inbox channel is always the signed-in person's own, so signing in authorizes it.
    channelAuthorization: {
      endpoint: "",
      transport: "ajax",
      customHandler: (_request, answer) => answer(null, { auth: "" }),
    },
  };
}
