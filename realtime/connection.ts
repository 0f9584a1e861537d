import { randomInt } from "node:crypto";
import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import { limits } from "#contracts/limits.ts";
import { closeCodes } from "#contracts/pusher.ts";
import type { ConnectionRegistry } from "#realtime/connection-registry.ts";
import { errorFrame, isPing, isPong, pong } from "#realtime/frames.ts";
import type { TokenBucket } from "#realtime/token-bucket.ts";
import { toWire } from "#realtime/wire-frame.ts";
import type { FrameSequence } from "#realtime/write-batcher.ts";
import { log } from "#server/log.ts";

/** Above this backlog the socket is sent no more frames until it has drained; then the client gets a resync. */
const slowBacklogBytes = 64 * 1024;
/** Upper bound of one socket's backlog. */
const maxBacklogBytes = 256 * 1024;
/** A peer that does not answer a close would hold the socket for 30 s. */
export const closeTimeoutMs = 2_000;

/** One open connection, as the apps see it. */
export type Socket = {
  readonly id: string;
  /** Sends at the end of this turn of the event loop. A buffer must come from `toWire`. */
  push(frame: string | Buffer): void;
  /** Closes after sending the frames that were pushed before. */
  end(code: number, reason: string): void;
};

/** One app of the worker: it receives the events of its sockets and bounds what they may cost. */
export type App = {
  readonly id: string;
  /**
   * `any` for apps that authenticate clients by signatures alone. Pages of the worker's own host name are always
   * allowed.
   */
  readonly origins: "any" | readonly string[];
  readonly maxFrameBytes: number;
  /** Null to admit the connection, else the close code. */
  checkAdmission(): { code: number; message: string } | null;
  opened(socket: Socket): void;
  received(socket: Socket, text: string): void;
  closed(socket: Socket): void;
  /** The backlog of a slow socket has drained. Frames that were pushed meanwhile were dropped. */
  drained(socket: Socket): void;
  /** Whether this socket has authenticated. Called by the sweep. */
  isAuthenticated(socket: Socket): boolean;
};

const emptyBuffer = Buffer.alloc(0);

/** A client address and its number of connections. */
export type AddressCount = { readonly address: string; count: number };

/** A connection without per-socket closures or timers; listeners are shared functions. */
export class Connection extends WebSocket implements Socket {
  // Two random numbers of 48 bits: not guessable, and unique across workers.
  readonly id = `${randomInt(2 ** 48 - 1)}.${randomInt(2 ** 48 - 1)}`;
  app: App | undefined;
  stream: Duplex | undefined;
  registry: ConnectionRegistry | undefined;
  addressCount: AddressCount | undefined;
  frameBudget: TokenBucket | undefined;
  pending: FrameSequence | null = null;
  openedAt = 0;
  receivedAt = 0;
  /** Pings that were sent since the last frame from the client. */
  unansweredPings = 0;
  /** Time at which the socket fell behind; 0 while it keeps up. */
  slowSince = 0;

  push(frame: string | Buffer): void {
    if (this.readyState !== WebSocket.OPEN || this.slowSince > 0) return;
    const { registry } = this;
    if (!registry) return;
    registry.counts.framesOut += 1;
    registry.batcher.add(this, typeof frame === "string" ? toWire(frame) : frame);
  }

  /**
   * Writes to the stream directly, because `ws` would frame the same bytes again for each recipient. Safe because `ws`
   * buffers nothing in between: without compression it writes control frames at once too.
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
    // The callback runs when all earlier bytes have left. A "drain" event would come only if this write exceeded the
    // buffer.
    stream.write(emptyBuffer, () => this.drained());
  }

  drained(): void {
    this.slowSince = 0;
    if (this.readyState === WebSocket.OPEN) this.app?.drained(this);
  }

  /** Runs once, whichever side closes first. */
  unregister(): void {
    const { registry } = this;
    this.registry = undefined;
    if (!registry) return;
    registry.delete(this);
    this.app?.closed(this);
  }

  /**
   * Sends the reason in an error frame before the close frame: some SDKs read only that, and do not reconnect after a
   * bare close.
   */
  end(code: number, reason: string): void {
    if (code >= 4000) this.push(errorFrame(reason, code));
    this.registry?.batcher.flushOne(this);
    this.close(code, reason);
    this.unregister(); // a closing connection receives no frames and is not counted
    setTimeout(() => this.terminate(), closeTimeoutMs).unref();
  }
}

/** Forwards the connection's frames to its app. */
export function attach(connection: Connection): void {
  connection.on("message", onMessage);
  connection.on("ping", onPing);
  connection.on("pong", onPong);
  connection.on("close", onClose);
}

function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
  const connection = this as Connection; // ws binds `this` to the socket, which is a Connection
  if (!admitFrame(connection, data.length)) return;
  if (isPong(data)) return;
  if (isPing(data)) connection.push(pong);
  else if (isBinary) connection.end(1003, "text frames only");
  else if (data.length > (connection.app?.maxFrameBytes ?? 0)) connection.end(1009, "the frame is too large");
  else receive(connection, data.toString());
}

/** An exception in the app closes only the connection that sent the frame. */
function receive(connection: Connection, text: string): void {
  try {
    connection.app?.received(connection, text);
  } catch (error) {
    log.error({ err: error }, "a frame broke its connection");
    connection.end(1011, "the frame could not be handled");
  }
}

/** Counts an incoming frame. False when the connection is closing, or exceeded its rate and is closed now. */
function admitFrame(connection: Connection, bytes: number): boolean {
  const { registry, frameBudget } = connection;
  if (!registry || !frameBudget) return false;
  connection.receivedAt = Date.now();
  connection.unansweredPings = 0;
  registry.counts.framesIn += 1;
  if (frameBudget.take(connection.receivedAt, 1 + Math.floor(bytes / limits.socketFrames.bytes))) return true;
  registry.counts.floods += 1;
  connection.end(closeCodes.overCapacity, "too many frames");
  return false;
}

/** `ws` sends the pong. */
function onPing(this: WebSocket, data: Buffer): void {
  admitFrame(this as Connection, data.length); // as above
}

function onPong(this: WebSocket, data: Buffer): void {
  admitFrame(this as Connection, data.length); // as above
}

function onClose(this: WebSocket): void {
  (this as Connection).unregister(); // as above
}

/** The frame was oversized, broken or not UTF-8: `ws` has closed the connection with its own code. */
export function onError(this: WebSocket): void {
  this.terminate();
}
