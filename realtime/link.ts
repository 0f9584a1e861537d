import { randomInt } from "node:crypto";
import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import { limits } from "#contracts/limits.ts";
import { closeCodes } from "#contracts/pusher.ts";
import type { Bucket } from "#realtime/bucket.ts";
import type { Floor } from "#realtime/floor.ts";
import { errorFrame, isPing, pong, toWire } from "#realtime/frames.ts";
import type { Path } from "#realtime/tick.ts";
import { log } from "#server/live/database.ts";

/** Above this backlog a reader is told nothing more until it has read; then it learns that it must compare. */
const slowBacklogBytes = 64 * 1024;
/** No socket ever holds more than this. */
const maxBacklogBytes = 256 * 1024;
/** A peer that does not answer a close would hold the socket for 30 s. */
export const closeWithin = 2_000;

/** One open connection, as the rest of the worker sees it. */
export type Socket = {
  readonly id: string;
  /** Leaves at the end of this turn of the event loop. Bytes must come from `toWire`. */
  push(frame: string | Buffer): void;
  /** What was pushed before leaves first. */
  end(code: number, reason: string): void;
};

/** One app of the worker: whose sockets they are, and what they may cost. */
export type App = {
  readonly id: string;
  /** `any` for apps whose clients prove themselves by signatures alone; pages of our own host name always may. */
  readonly origins: "any" | readonly string[];
  readonly maxFrameBytes: number;
  /** Null to let it in, else the close code. */
  admits(): { code: number; message: string } | null;
  opened(socket: Socket): void;
  received(socket: Socket, text: string): void;
  closed(socket: Socket): void;
  /** A slow reader has read everything that was kept for it; what came meanwhile was dropped. */
  drained(socket: Socket): void;
  /** Has this socket said who it is? Asked by the sweep. */
  isSettled(socket: Socket): boolean;
};

const nothing = Buffer.alloc(0);

/** An address, and how many connections it has. */
export type Origin = { readonly address: string; count: number };

/** A connection that costs little: shared listeners, no closures, no timers. */
export class Link extends WebSocket implements Socket {
  // Not guessable, and unique over all workers: two random numbers of 48 bits.
  readonly id = `${randomInt(2 ** 48 - 1)}.${randomInt(2 ** 48 - 1)}`;
  app: App | undefined;
  stream: Duplex | undefined;
  floor: Floor | undefined;
  from: Origin | undefined;
  frames: Bucket | undefined;
  path: Path | null = null;
  openedAt = 0;
  heardAt = 0;
  /** When it fell behind; 0 for a reader that keeps up. */
  slowSince = 0;

  push(frame: string | Buffer): void {
    if (this.readyState !== WebSocket.OPEN || this.slowSince > 0) return;
    const { floor } = this;
    if (!floor) return;
    floor.counts.framesOut += 1;
    floor.tick.add(this, typeof frame === "string" ? toWire(frame) : frame);
  }

  /**
   * Straight to the stream, past ws: it frames again for each recipient what is framed already. Safe because nothing
   * of ws waits in between: without compression its control frames are written at once as well.
   */
  write(bytes: Buffer): void {
    const { stream, floor } = this;
    if (!stream || !floor || this.readyState !== WebSocket.OPEN) return;
    const backlog = stream.writableLength;
    if (backlog < slowBacklogBytes && backlog + bytes.length <= maxBacklogBytes) {
      stream.write(bytes);
      floor.counts.writes += 1;
      floor.counts.bytesOut += bytes.length;
      return;
    }
    floor.counts.slowReaders += 1;
    this.slowSince = Date.now();
    // Told when everything before has left; the "drain" event comes only after a write that was too much for the stream.
    stream.write(nothing, () => this.drained());
  }

  drained(): void {
    this.slowSince = 0;
    if (this.readyState === WebSocket.OPEN) this.app?.drained(this);
  }

  /** Once, by whichever end closes first. */
  leave(): void {
    const { floor } = this;
    this.floor = undefined;
    if (!floor) return;
    floor.delete(this);
    this.app?.closed(this);
  }

  /** Says why in an error frame first: some SDKs go by that alone, and after a bare close would not come back. */
  end(code: number, reason: string): void {
    if (code >= 4000) this.push(errorFrame(reason, code));
    this.floor?.tick.flushOne(this);
    this.close(code, reason);
    this.leave(); // whoever is closing is told nothing and counts nowhere
    setTimeout(() => this.terminate(), closeWithin).unref();
  }
}

/** From here on what the connection says reaches its app. */
export function attach(link: Link): void {
  link.on("message", onMessage);
  link.on("ping", onPing);
  link.on("pong", onPong);
  link.on("close", onClose);
}

function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
  const link = this as Link; // ws calls listeners with the socket, which this server makes as a Link
  if (!heard(link, data.length)) return;
  if (isPing(data)) link.push(pong);
  else if (isBinary) link.end(1003, "text frames only");
  else if (data.length > (link.app?.maxFrameBytes ?? 0)) link.end(1009, "the frame is too large");
  else receive(link, data.toString());
}

/** Whatever a frame does to the code behind, it costs only the connection that it came from. */
function receive(link: Link, text: string): void {
  try {
    link.app?.received(link, text);
  } catch (error) {
    log.error({ err: error }, "a frame broke its connection");
    link.end(1011, "the frame could not be handled");
  }
}

/** False for one that is closing, and for one that says too much: it is closed. */
function heard(link: Link, bytes: number): boolean {
  const { floor, frames } = link;
  if (!floor || !frames) return false;
  link.heardAt = Date.now();
  floor.counts.framesIn += 1;
  if (frames.take(link.heardAt, 1 + Math.floor(bytes / limits.socketFrames.bytes))) return true;
  floor.counts.floods += 1;
  link.end(closeCodes.overCapacity, "too many frames");
  return false;
}

/** ws has answered it. */
function onPing(this: WebSocket, data: Buffer): void {
  heard(this as Link, data.length); // as above
}

function onPong(this: WebSocket, data: Buffer): void {
  heard(this as Link, data.length); // as above
}

function onClose(this: WebSocket): void {
  (this as Link).leave(); // as above
}

/** Oversized, not UTF-8, broken: ws has closed it with its own code. */
export function onError(this: WebSocket): void {
  this.terminate();
}
