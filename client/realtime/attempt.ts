import type Pusher from "pusher-js";
import type { PresenceChange } from "#client/realtime/presence.ts";
import { conversationChannel, inboxChannel } from "#contracts/channels.ts";
import { type WireEvent, wireEvent } from "#contracts/events.ts";
import { closeCodes } from "#contracts/pusher.ts";
import {
  type Authorization,
  type InboxHeads,
  inboxHeads,
  type Typing,
  typing,
  typingEvent,
} from "#contracts/realtime.ts";
import { type DeliveredReport, deliveredEvent, type Receipts, receipts, receiptsEvent } from "#contracts/receipts.ts";
import { maxRpcCallBytes, type RpcCall, type RpcResult, rpcEvents, rpcResult } from "#contracts/rpc.ts";

/** Fetches the worker's address and credentials for it. */
export type Authorize = () => Promise<Authorization>;

/** The worker refused the credentials (4009): the session ended, or they expired. */
export class CredentialsRefused extends Error {}

export type ConnectionListener = {
  /**
   * The inbox is subscribed, and every event after these heads will arrive: compare them with the cache, and catch up
   * where it is behind. With null the heads are unknown: fetch them. Called again after the worker dropped events because
   * this client read too slowly.
   */
  onReady(heads: InboxHeads | null): void;
  /** The connection broke and is being opened again. */
  onLost(): void;
  onEvent(event: WireEvent): void;
  /** The answer to an RPC call. */
  onResult(result: RpcResult): void;
  /** First the presence of all my friends, then changes. */
  onPresence(change: PresenceChange): void;
  onTyping(typing: Typing): void;
  onReceipts(receipts: Receipts): void;
};

export type Attempt = {
  /** Resolves once subscribed. Rejects with `CredentialsRefused`, or another error when the worker cannot be reached. */
  ready: Promise<InboxHeads | null>;
  /** Resolves when the connection breaks, with whether the credentials were refused. */
  lost: Promise<boolean>;
  /** False when there is no connection, or the call is too large for it. */
  call: (call: RpcCall) => boolean;
  sendTyping: (conversationId: string) => void;
  sendDelivered: (report: DeliveredReport) => void;
  close: () => void;
};

/** Connects to the worker, signs in and subscribes to the inbox, once: an attempt does not try again. */
export function connectOnce(authorize: Authorize, listener: ConnectionListener): Attempt {
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
      if (!pusher || closed || JSON.stringify(call).length * 3 > maxRpcCallBytes) return false;
      return pusher.send_event(rpcEvents.call, call);
    },
    sendTyping: (conversationId) => pusher?.send_event("client-typing", {}, conversationChannel(conversationId)),
    sendDelivered: (report) => pusher?.send_event(deliveredEvent, report, inboxChannel),
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

/** `code` is null when the worker refused one frame; undefined when the connection itself failed. */
type PusherError = { data?: { code?: number | null } };

function subscribeInbox(
  pusher: Pusher,
  listener: ConnectionListener,
  lose: (refused: boolean) => void,
): Promise<InboxHeads | null> {
  return new Promise((resolve, reject) => {
    const failOn = (error?: PusherError) => {
      // A code of null is about one frame. After a code from 4200 on, the connection's state changes, which is bound above.
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
      if (name === receiptsEvent) return receiveReceipts(data, listener);
      if (name === rpcEvents.resync) return listener.onReady(readHeads(data));
      // An event of a newer version that this tab cannot read is skipped; the next event's `rev` shows the gap.
      const read = wireEvent.safeParse(data);
      if (read.success) listener.onEvent(read.data);
    });
    const onWatched = (name: "online" | "offline") => (data: { user_ids?: string[] }) => {
      listener.onPresence({ online: [], offline: [], [name]: data.user_ids ?? [] });
    };
    for (const name of ["online", "offline"] as const) pusher.user.watchlist.bind(name, onWatched(name));
    pusher.bind(rpcEvents.result, (data: unknown) => {
      const read = rpcResult.safeParse(data);
      if (read.success) listener.onResult(read.data);
    });
  });
}

function receiveTyping(data: unknown, listener: ConnectionListener): void {
  const read = typing.safeParse(data);
  if (read.success) listener.onTyping(read.data);
}

function receiveReceipts(data: unknown, listener: ConnectionListener): void {
  const read = receipts.safeParse(data);
  if (read.success) listener.onReceipts(read.data);
}

/** Null when a worker of another version sent another shape: then the client fetches the heads. */
function readHeads(data: unknown): InboxHeads | null {
  const read = inboxHeads.safeParse(data);
  return read.success ? read.data : null;
}

function optionsFor(access: Authorization): ConstructorParameters<typeof Pusher>[1] {
  const url = new URL(access.url);
  const port = url.port ? Number(url.port) : undefined;
  return {
    cluster: "self", // pusher-js requires a name; `wsHost` says where to connect
    wsHost: url.hostname,
    wsPort: port ?? 80,
    wssPort: port ?? 443,
    wsPath: url.pathname === "/" ? "" : url.pathname,
    forceTLS: url.protocol === "wss:",
    enabledTransports: ["ws"], // also means wss, which forceTLS chooses
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
