/**
 * Reads the stream that Postgres sends on one connection, as far as needed to find its notifications, and can repeat,
 * lose or swap them. Everything else passes as it came.
 */
import type { Random } from "#tests/chaos/random.ts";

export type NotifyMode = { repeat: number; lose: number; swap: number };
export type NotifyCounts = { repeated: number; lost: number; swapped: number };

/** 'A', NotificationResponse. Every message is one byte of type and its length, which counts itself. */
const notification = 0x41;

export class NotifyFilter {
  readonly counts: NotifyCounts;
  #mode: NotifyMode | undefined;
  #rest: Buffer = Buffer.alloc(0);
  #held: Buffer | undefined;
  readonly #random: Random;

  constructor(random: Random, counts: NotifyCounts) {
    this.#random = random;
    this.counts = counts;
  }

  set mode(mode: NotifyMode | undefined) {
    this.#mode = mode;
  }

  /** What goes on to the client for this chunk. Never called with a stream that it did not see from its beginning. */
  pass(chunk: Buffer): Buffer {
    if (!this.#mode && !this.#held && this.#rest.length === 0 && isWhole(chunk)) return chunk;
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const out: Buffer[] = [];
    while (data.length >= 5) {
      const length = 1 + data.readInt32BE(1);
      if (data.length < length) break;
      this.#one(data.subarray(0, length), out);
      data = data.subarray(length);
    }
    this.#rest = Buffer.from(data);
    return Buffer.concat(out);
  }

  #one(message: Buffer, out: Buffer[]): void {
    const mode = this.#mode;
    // A worker's own heartbeat is left alone: this fault is about what it hears, not about whether it hears.
    const touchable = mode && message[0] === notification && !message.includes('"heartbeat"');
    if (!touchable) {
      if (!mode && this.#held) {
        out.push(this.#held);
        this.#held = undefined;
      }
      out.push(message);
      return;
    }
    const draw = this.#random.next();
    if (draw < mode.lose) this.counts.lost += 1;
    else if (draw < mode.lose + mode.repeat) {
      this.counts.repeated += 1;
      out.push(message, message);
    } else if (draw < mode.lose + mode.repeat + mode.swap && !this.#held) {
      this.#held = Buffer.from(message);
      return;
    } else out.push(message);
    if (this.#held) {
      this.counts.swapped += 1;
      out.push(this.#held);
      this.#held = undefined;
    }
  }
}

function isWhole(chunk: Buffer): boolean {
  let at = 0;
  while (at + 5 <= chunk.length) at += 1 + chunk.readInt32BE(at + 1);
  return at === chunk.length;
}
