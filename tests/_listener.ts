/** A real pusher-js client of the worker, as a program would write it, that keeps what it hears. */
import Pusher from "pusher-js";
import { conversationChannel, inboxChannel } from "#contracts/channels.ts";
import type { WireEvent } from "#contracts/events.ts";
import { type InboxHeads, type Typing, typingEvent } from "#contracts/realtime.ts";
import { type DeliveredReport, deliveredEvent, type Receipts, receiptsEvent } from "#contracts/receipts.ts";
import { type RpcResult, rpcEvents } from "#contracts/rpc.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { makeTicket } from "#server/realtime/ticket.ts";

export type Listener = {
  heard: WireEvent[];
  /** What the subscription brought, and each `im:resync` after it. */
  heads: InboxHeads[];
  /** Friends who are online, as told. */
  online: Set<string>;
  /** Signs of others who write. */
  typing: Typing[];
  signTyping(conversationId: string, data?: object): void;
  /** What was told of receipts. */
  receipts: Receipts[];
  /** Says what this device has received. */
  sayDelivered(delivered: Record<string, number>, device?: DeliveredReport["device"]): void;
  /** Subscribes to the channel of a conversation; false when that is refused. */
  visit(conversationId: string): Promise<boolean>;
  /** Asks on the socket lane. */
  call(path: string, input?: unknown): Promise<RpcResult>;
  /** Resolves with the first event, heard or yet to come, that fits. */
  until(fits: (event: WireEvent) => boolean): Promise<WireEvent>;
  /** The close code, once the server closed it. */
  closed: Promise<number>;
  close(): void;
};

type Proof = { auth: string; user_data: string };
const ticketProof = (me: Me): Proof => ({
  auth: makeTicket(me).ticket,
  user_data: JSON.stringify({ id: me.personId }),
});

export async function listen(port: number, me: Me, proof: Proof | ((socketId: string) => Proof) = ticketProof(me)) {
  const pusher = new Pusher(env().realtimeKey, {
    cluster: "self",
    wsHost: "127.0.0.1",
    wsPort: port,
    wssPort: port,
    forceTLS: false,
    enabledTransports: ["ws"],
    userAuthentication: {
      endpoint: "",
      transport: "ajax",
      customHandler: ({ socketId }, answer) => answer(null, typeof proof === "function" ? proof(socketId) : proof),
    },
    channelAuthorization: { endpoint: "", transport: "ajax", customHandler: (_, answer) => answer(null, { auth: "" }) },
  });
  const heard: WireEvent[] = [];
  const heads: InboxHeads[] = [];
  const typing: Typing[] = [];
  const receipts: Receipts[] = [];
  const online = new Set<string>();
  const waiting = new Set<() => void>();
  const closed = new Promise<number>((resolve) => {
    pusher.connection.bind("error", (error: { data?: { code?: number } }) => resolve(error.data?.code ?? 0));
  });
  pusher.user.watchlist.bind("online", ({ user_ids }: { user_ids: string[] }) => {
    for (const id of user_ids) online.add(id);
  });
  pusher.user.watchlist.bind("offline", ({ user_ids }: { user_ids: string[] }) => {
    for (const id of user_ids) online.delete(id);
  });
  pusher.signin();
  const inbox = pusher.subscribe(inboxChannel);
  inbox.bind(typingEvent, (data: Typing) => typing.push(data));
  inbox.bind(receiptsEvent, (data: Receipts) => receipts.push(data));
  inbox.bind_global((name: string, data: WireEvent) => {
    if (name.startsWith("pusher") || ([rpcEvents.resync, typingEvent, receiptsEvent] as string[]).includes(name))
      return;
    heard.push(data);
    for (const look of waiting) look();
  });
  const subscribed = new Promise<void>((resolve) => {
    inbox.bind("pusher:subscription_succeeded", (data: InboxHeads) => {
      heads.push(data);
      resolve();
    });
  });
  inbox.bind(rpcEvents.resync, (data: InboxHeads) => heads.push(data));
  const answers = new Map<string, (result: RpcResult) => void>();
  pusher.bind(rpcEvents.result, (result: RpcResult) => answers.get(result.id)?.(result));
  await Promise.race([subscribed, closed]);
  const listener: Listener = {
    heard,
    heads,
    online,
    typing,
    receipts,
    sayDelivered: (delivered, device = "computer") => {
      pusher.send_event(deliveredEvent, { device, delivered }, inboxChannel);
    },
    signTyping: (conversationId, data = {}) => {
      pusher.send_event("client-typing", data, conversationChannel(conversationId));
    },
    visit: (conversationId) =>
      new Promise((resolve) => {
        const channel = pusher.subscribe(conversationChannel(conversationId));
        channel.bind("pusher:subscription_succeeded", () => resolve(true));
        channel.bind("pusher:subscription_error", () => resolve(false));
      }),
    call: (path, input) =>
      new Promise((resolve) => {
        const id = crypto.randomUUID();
        answers.set(id, resolve);
        pusher.send_event(rpcEvents.call, { id, path, input });
      }),
    closed,
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = heard.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close: () => pusher.disconnect(),
  };
  return listener;
}

/** The texts of one conversation in the order in which they were heard. */
export function textsOf(listener: Listener, conversationId: string): unknown[] {
  return listener.heard.flatMap((event) =>
    event.type === "message.sent" && event.conversationId === conversationId && event.message.content.kind === "text"
      ? [event.message.content.text]
      : [],
  );
}

export const isText = (text: string) => (event: WireEvent) =>
  event.type === "message.sent" && event.message.content.text === text;
