/** One device's connection to a worker, in plain frames of the Pusher protocol, with a watchdog of its own. */
import { WebSocket } from "ws";
import type { Random } from "#tests/chaos/random.ts";
import { type InboxHeads, inbox } from "#tests/chaos/wire.ts";

export type LinkListener = {
  opened(): void;
  /** Everything after these heads is told; also said again after a slow reader had missed something. */
  subscribed(heads: InboxHeads, raw: string): void;
  /** Every frame that is not the protocol's own. */
  frame(raw: string): void;
  closed(code: number): void;
};

/** A link that says nothing for so long is asked, and given up when it does not answer. */
const quietFor = 4_000;
const answerWithin = 3_000;
const subscribeWithin = 5_000;

type Waiting = { resolve: (raw: string) => void; reject: (error: Error) => void };

export class Link {
  readonly #socket: WebSocket;
  readonly #random: Random;
  readonly #calls = new Map<string, Waiting>();
  readonly #listener: LinkListener;
  #heardAt = Date.now();
  #asked = false;
  #ready = false;
  #over = false;
  #count = 0;
  #timer: NodeJS.Timeout;

  constructor(url: string, ticket: string, personId: string, random: Random, listener: LinkListener) {
    this.#random = random;
    this.#listener = listener;
    const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: subscribeWithin });
    this.#socket = socket;
    this.#timer = setTimeout(() => this.end(0), subscribeWithin);
    socket.on("open", () => {
      listener.opened();
      this.say("pusher:signin", { auth: ticket, user_data: JSON.stringify({ id: personId }) });
      this.subscribe();
    });
    socket.on("message", (data) => this.#hear(data.toString()));
    socket.on("error", () => {});
    socket.on("close", (code) => this.end(code));
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** The same frame again is allowed on the same socket, at any time. */
  subscribe(): void {
    this.say("pusher:subscribe", { auth: "", channel: inbox });
  }

  say(event: string, data: unknown, channel?: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ event, data, channel }));
  }

  /** A call over the socket: the frame that answers it. Rejects when none came in time or the link ended. */
  call(path: string, input: unknown, patience: number): Promise<string> {
    this.#count += 1;
    const id = String(this.#count);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#calls.delete(id);
        reject(new Error("too late"));
      }, patience);
      const settled = <T>(then: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer);
          then(value);
        };
      };
      this.#calls.set(id, { resolve: settled(resolve), reject: settled(reject) });
      this.say("im:call", { id, path, input });
    });
  }

  /** A reader who stops reading, and does not even watch any more. */
  pause(): void {
    clearTimeout(this.#timer);
    this.#socket.pause();
  }

  end(code: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#ready = false;
    clearTimeout(this.#timer);
    this.#socket.terminate();
    for (const call of this.#calls.values()) call.reject(new Error("the link ended"));
    this.#calls.clear();
    this.#listener.closed(code);
  }

  #hear(raw: string): void {
    if (this.#over) return;
    this.#heardAt = Date.now();
    this.#asked = false;
    if (raw.includes('subscription_succeeded"') || raw.startsWith('{"event":"im:resync"')) this.#subscribed(raw);
    else if (raw.startsWith('{"event":"im:result"')) {
      const { data } = JSON.parse(raw) as { data: { id: string } };
      this.#calls.get(data.id)?.resolve(raw);
      this.#calls.delete(data.id);
    } else if (!raw.startsWith('{"event":"pusher')) this.#listener.frame(raw);
  }

  #subscribed(raw: string): void {
    const { data } = JSON.parse(raw) as { data: string };
    if (!this.#ready) {
      this.#ready = true;
      this.#watch();
    }
    this.#listener.subscribed(JSON.parse(data) as InboxHeads, raw);
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const silent = Date.now() - this.#heardAt;
    if (this.#asked && silent > quietFor + answerWithin) {
      this.end(0);
      return;
    }
    if (!this.#asked && silent > quietFor) {
      this.#asked = true;
      this.say("pusher:ping", {});
    }
    this.#timer = setTimeout(() => this.#watch(), this.#random.int(700, 1_300));
  }
}
