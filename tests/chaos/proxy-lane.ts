/** One direction of a connection through the proxy: it can delay, hold, swallow, or break off. */
import type net from "node:net";
import type { Random } from "#tests/chaos/random.ts";

export type Direction = "up" | "down";
export type Delay = { least: number; most: number };

/** `up` is from the client to the server. */
export class Lane {
  readonly from: net.Socket;
  readonly to: net.Socket;
  swallow = false;
  held = false;
  delay: Delay | undefined;
  /** Let so many bytes of the next data through, then break the connection. */
  cutAfter: number | undefined;
  map: (chunk: Buffer) => Buffer = (chunk) => chunk;
  readonly #queue: { chunk: Buffer; at: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #random: Random;
  readonly #cut: () => void;

  constructor(from: net.Socket, to: net.Socket, random: Random, cut: () => void) {
    this.from = from;
    this.to = to;
    this.#random = random;
    this.#cut = cut;
    from.on("data", (chunk: Buffer) => this.#take(chunk));
    to.on("drain", () => from.resume());
  }

  #take(raw: Buffer): void {
    if (this.swallow) return;
    if (this.cutAfter !== undefined) {
      this.to.write(raw.subarray(0, Math.min(this.cutAfter, raw.length)), () => this.#cut());
      this.swallow = true;
      return;
    }
    const chunk = this.map(raw);
    if (chunk.length === 0) return;
    if (!this.delay && !this.held && this.#queue.length === 0) {
      this.#write(chunk);
      return;
    }
    const last = this.#queue.at(-1)?.at ?? 0;
    const wait = this.delay ? this.#random.int(this.delay.least, this.delay.most) : 0;
    this.#queue.push({ chunk, at: Math.max(last, Date.now() + wait) });
    this.flush();
  }

  #write(chunk: Buffer): void {
    if (this.to.writable && !this.to.write(chunk)) this.from.pause();
  }

  /** Writes what is due; called again by its own timer, and when a stall ends. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.held) return;
    for (let first = this.#queue[0]; first && first.at <= Date.now(); first = this.#queue[0]) {
      this.#queue.shift();
      this.#write(first.chunk);
    }
    const next = this.#queue[0];
    if (next) this.#timer = setTimeout(() => this.flush(), Math.max(1, next.at - Date.now()));
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#queue.length = 0;
  }
}
