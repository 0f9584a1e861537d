import { randomInt } from "node:crypto";
import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import { limits } from "#contracts/limits.ts";
import { closeCodes } from "#contracts/pusher.ts";
import type { ConnectionRegistry } from "#realtime/connection-registry.ts";
import { errorFrame, isPing, pong, toWire } from "#realtime/frames.ts";
import type { TokenBucket } from "#realtime/token-bucket.ts";
import type { FrameSequence } from "#realtime/write-batcher.ts";
import { log } from "#server/realtime/database.ts";

/** Above this backlog a reader is told nothing more until it has read; then it learns that it must compare. */
const slowBacklogBytes = 64 * 1024;
/** No socket ever holds more than this. */
const maxBacklogBytes = 256 * 1024;
/** A peer that does not answer a close would hold the socket for 30 s. */
export const closeTimeoutMs = 2_000;

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
  checkAdmission(): { code: number; message: string } | null;
  opened(socket: Socket): void;
  received(socket: Socket, text: string): void;
  closed(socket: Socket): void;
  /** A slow reader has read everything that was kept for it; what came meanwhile was dropped. */
  drained(socket: Socket): void;
  /** Has this socket said who it is? Asked by the sweep. */
  isAuthenticated(socket: Socket): boolean;
};

const emptyBuffer = Buffer.alloc(0);

/** An address, and how many connections it has. */
export type AddressCount = { readonly address: string; count: number };

/** A connection that costs little: shared listeners, no closures, no timers. */
export class Connection extends WebSocket implements Socket {
  // Not guessable, and unique over all workers: two random numbers of 48 bits.
  readonly id = `${randomInt(2 ** 48 - 1)}.${randomInt(2 ** 48 - 1)}`;
  app: App | undefined;
  stream: Duplex | undefined;
  registry: ConnectionRegistry | undefined;
  addressCount: AddressCount | undefined;
  frameBudget: TokenBucket | undefined;
  pending: FrameSequence | null = null;
  openedAt = 0;
  receivedAt = 0;
  /** When it fell behind; 0 for a reader that keeps up. */
  slowSince = 0;

  push(frame: string | Buffer): void {
    if (this.readyState !== WebSocket.OPEN || this.slowSince > 0) return;
    const { registry } = this;
    if (!registry) return;
    registry.counts.framesOut += 1;
    registry.batcher.add(this, typeof frame === "string" ? toWire(frame) : frame);
  }

  /**
   * Straight to the stream, past ws: it frames again for each recipient what is framed already. Safe because nothing
   * of ws waits in between: without compression its control frames are written at once as well.
   */
  write(bytes: Buffer): void {
    const { stream, registry } = this;
    if (!stream || !registry || this.readyState !== WebSocket.OPEN) return;
    const backlog = stream.writableLength;
    if (backlog < slowBacklogBytes && backlog + bytes.length <= maxBacklogBytes) {
      stream.write(bytes);
      registry.counts.writes += 1;
      registry.counts.bytesOut += bytes.length;
      return;
    }
    registry.counts.slowConsumers += 1;
    this.slowSince = Date.now();
    // Told when everything before has left; the "drain" event comes only after a write that was too much for the
    // stream.
    stream.write(emptyBuffer, () => this.drained());
  }

  drained(): void {
    this.slowSince = 0;
    if (this.readyState === WebSocket.OPEN) this.app?.drained(this);
  }

  /** Once, by whichever end closes first. */
  unregister(): void {
    const { registry } = this;
    this.registry = undefined;
    if (!registry) return;
    registry.delete(this);
    this.app?.closed(this);
  }

  /** Says why in an error frame first: some SDKs go by that alone, and after a bare close would not come back. */
  end(code: number, reason: string): void {
    if (code >= 4000) this.push(errorFrame(reason, code));
    this.registry?.batcher.flushOne(this);
    this.close(code, reason);
    this.unregister(); // whoever is closing is told nothing and counts nowhere
    setTimeout(() => this.terminate(), closeTimeoutMs).unref();
  }
}

/** From here on what the connection says reaches its app. */
export function attach(connection: Connection): void {
  connection.on("message", onMessage);
  connection.on("ping", onPing);
  connection.on("pong", onPong);
  connection.on("close", onClose);
}

function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
  const connection = this as Connection; // ws calls listeners with the socket, which this server makes as a Link
  if (!admitFrame(connection, data.length)) return;
  if (isPing(data)) connection.push(pong);
  else if (isBinary) connection.end(1003, "text frames only");
  else if (data.length > (connection.app?.maxFrameBytes ?? 0)) connection.end(1009, "the frame is too large");
  else receive(connection, data.toString());
}

/** Whatever a frame does to the code behind, it costs only the connection that it came from. */
function receive(connection: Connection, text: string): void {
  try {
    connection.app?.received(connection, text);
  } catch (error) {
    log.error({ err: error }, "a frame broke its connection");
    connection.end(1011, "the frame could not be handled");
  }
}

/** False for one that is closing, and for one that says too much: it is closed. */
function admitFrame(connection: Connection, bytes: number): boolean {
  const { registry, frameBudget } = connection;
  if (!registry || !frameBudget) return false;
  connection.receivedAt = Date.now();
  registry.counts.framesIn += 1;
  if (frameBudget.take(connection.receivedAt, 1 + Math.floor(bytes / limits.socketFrames.bytes))) return true;
  registry.counts.floods += 1;
  connection.end(closeCodes.overCapacity, "too many frames");
  return false;
}

/** ws has answered it. */
function onPing(this: WebSocket, data: Buffer): void {
  admitFrame(this as Connection, data.length); // as above
}

function onPong(this: WebSocket, data: Buffer): void {
  admitFrame(this as Connection, data.length); // as above
}

function onClose(this: WebSocket): void {
  (this as Connection).unregister(); // as above
}

/** Oversized, not UTF-8, broken: ws has closed it with its own code. */
export function onError(this: WebSocket): void {
  this.terminate();
}
