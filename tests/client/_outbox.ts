/** The ends of an outbox: a server, uploads and a connection that do what a test says, and a clock without waiting. */
import type { Upload, Uploads } from "#client/media/uploads.ts";
import type { createOutbox } from "#client/messages/outbox.ts";
import type { PendingMessage } from "#client/messages/outbox-store.ts";
import type { Realtime } from "#client/realtime/realtime.ts";
import type { Api } from "#client/trpc.ts";
import type { WireEvent } from "#contracts/events.ts";

export type Sent = { conversationId: string; clientId: string; content: { text: string } };
export type Outbox = ReturnType<typeof createOutbox>;

export const refusal = (reason: string, params = {}) => Object.assign(new Error(reason), { data: { reason, params } });
export const noServer = () => new TypeError("fetch failed");

function listenersOf() {
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { listeners, subscribe, notify: () => [...listeners].forEach((listener) => void listener()) };
}

/** What the outbox needs of a browser beside its ends: storage, and the event that the network is back. */
export function openWindow(stored: Record<string, string> = {}) {
  const online = new Set<() => void>();
  const hidden = new Set<() => void>();
  const listening = (event: string) => ({ online, visibilitychange: hidden })[event];
  const document = { visibilityState: "visible" };
  const storage: Record<string, string> = { ...stored };
  const sessionStorage = {
    getItem: (key: string) => storage[key] ?? null,
    setItem: (key: string, value: string) => {
      storage[key] = value;
    },
  };
  const window = {
    sessionStorage,
    addEventListener: (event: string, listener: () => void) => void listening(event)?.add(listener),
    removeEventListener: (event: string, listener: () => void) => void listening(event)?.delete(listener),
  };
  Object.assign(globalThis, { window, document });
  const hide = () => {
    document.visibilityState = "hidden";
    for (const listener of hidden) listener();
  };
  const remove = () => {
    Reflect.deleteProperty(globalThis, "window");
    Reflect.deleteProperty(globalThis, "document");
  };
  return { storage, sessionStorage, online, hide, remove };
}

/** A server that answers with these errors in turn and then stores. */
export function ends(errors: (Error | null)[] = []) {
  const calls: string[] = [];
  const stored: string[] = [];
  const waits: number[] = [];
  const received: WireEvent[] = [];
  const connection = { ...listenersOf(), status: "connected", receive: async () => {} };
  const send = async ({ conversationId, clientId, content }: Sent) => {
    calls.push(content.text);
    const error = errors.shift();
    if (error) throw error;
    if (!stored.includes(content.text)) stored.push(content.text);
    return { message: { conversationId, rev: 40 + stored.length, seq: stored.length, clientId } };
  };
  const uploads = { ...listenersOf(), states: new Map<string, Upload>(), asked: [] as string[], resumed: () => {} };
  const resuming = new Promise<void>((resolve) => {
    uploads.resumed = resolve;
  });
  const parts = {
    api: { messages: { send: { mutate: send } } } as unknown as Api,
    realtime: {
      receive: async (event: WireEvent) => {
        received.push(event);
        await connection.receive();
      },
      status: () => connection.status,
      subscribe: connection.subscribe,
    } as unknown as Realtime,
    uploads: {
      get: (fileId: string) => uploads.states.get(fileId),
      subscribe: uploads.subscribe,
      retry: (fileId: string) => uploads.asked.push(`retry ${fileId}`),
      cancel: (fileId: string) => uploads.asked.push(`cancel ${fileId}`),
      resume: async (isWanted: (fileId: string) => boolean) => {
        uploads.asked.push(...["f1", "f2", "f3"].map((fileId) => `${fileId} ${isWanted(fileId)}`));
        await resuming;
      },
    } as unknown as Uploads,
    wait: async (ms: number) => void waits.push(ms),
  };
  /** What is pending, as "text state reason". */
  const pending = (outbox: Outbox) =>
    outbox.all().map(({ content, state, reason }) => `${wordsOf(content)} ${state}${reason ? ` ${reason}` : ""}`);
  return { parts, calls, stored, waits, received, connection, uploads, pending, reconnect: connection.notify };
}

const wordsOf = (content: PendingMessage["content"]) => ("text" in content ? content.text : "");

export const say = (outbox: Outbox, text: string, conversationId = "c1", batch?: string) => {
  const content = { kind: "text" as const, text };
  outbox.send(conversationId, content, content, batch);
};
/** A file; its text is for the server of `ends`, which knows messages by their texts. */
export const sayFile = (outbox: Outbox, text: string, fileId: string, batch?: string) => {
  const content = { kind: "file" as const, file: { fileId }, caption: "", text };
  outbox.send("c1", content, { kind: "text", text }, batch);
};
