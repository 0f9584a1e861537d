import { randomInt } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { closeCodes } from "#contracts/pusher.ts";
import { isPing, objectFrame, pong, toWire } from "#realtime/frames.ts";
import type { Counts } from "#realtime/metrics.ts";
import { type Path, Tick } from "#realtime/tick.ts";
import { log } from "#server/live/database.ts";

/** Above this backlog a reader is told nothing more until it has read; then it learns that it must compare. */
const slowBacklogBytes = 64 * 1024;
/** No socket ever holds more than this. */
const maxBacklogBytes = 256 * 1024;
/** A reader that has not caught up by then is cut off; it comes back and catches up from its numbers. */
const slowFor = 30_000;
const settleWithin = 10_000;
/** A peer that does not answer a close would hold the socket for 30 s. */
const closeWithin = 2_000;
/**
 * Clients ping after 25 s without a frame from here, so one that hears something all the time says nothing itself: after
 * this long the worker asks (the WebSocket's own ping, which every client answers by itself) …
 */
const askAfter = 35_000;
/** … and ends a link that has said nothing for so long. */
const silentFor = 60_000;
const sweepEvery = 5_000;

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

export type SocketServer = {
  port: number;
  /** Open connections of one app. */
  count(app: App): number;
  /** Stops accepting and closes everyone in slices, so that they do not all come back in one moment. */
  close(): Promise<void>;
};

export type SocketOptions = {
  port: number;
  /** What stands before `/app/<key>` and `/apps/<id>`: "" or "/something". */
  path: string;
  appOf(key: string): App | undefined;
  counts: Counts;
  /** Answers plain HTTP: health, metrics, the HTTP API. */
  answer(request: IncomingMessage, response: ServerResponse, url: URL): void;
};

const nothing = Buffer.alloc(0);

const largestFrameBytes = 64 * 1024;

/** A connection that costs little: shared listeners, no closures, no timers. */
class Link extends WebSocket implements Socket {
  // Not guessable, and unique over all workers: two random numbers of 48 bits.
  readonly id = `${randomInt(2 ** 48 - 1)}.${randomInt(2 ** 48 - 1)}`;
  app: App | undefined;
  stream: Duplex | undefined;
  floor: Floor | undefined;
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
    floor.all.delete(this);
    floor.tick.forget(this);
    this.app?.closed(this);
  }

  end(code: number, reason: string): void {
    this.floor?.tick.flushOne(this);
    this.close(code, reason);
    this.leave(); // whoever is closing is told nothing and counts nowhere
    setTimeout(() => this.terminate(), closeWithin).unref();
  }
}

/** What all connections share. */
class Floor {
  readonly all = new Set<Link>();
  readonly tick = new Tick<Link>();
  readonly counts: Counts;

  constructor(counts: Counts) {
    this.counts = counts;
  }

  count(app: App): number {
    let count = 0;
    for (const link of this.all) if (link.app === app) count += 1;
    return count;
  }

  sweep(): void {
    const now = Date.now();
    for (const link of this.all) {
      const silence = now - link.heardAt;
      if (silence > silentFor || (link.slowSince > 0 && now - link.slowSince > slowFor)) link.terminate();
      else if (silence > askAfter) link.ping();
      else if (now - link.openedAt > settleWithin && !link.app?.isSettled(link)) {
        link.end(closeCodes.unauthorized, "sign in within 10 seconds");
      }
    }
  }

  async closeInSlices(): Promise<void> {
    const slice = Math.max(50, Math.ceil(this.all.size / 20));
    while (this.all.size > 0) {
      for (const link of [...this.all].slice(0, slice)) {
        link.end(closeCodes.reconnect, "the worker restarts");
      }
      if (this.all.size > 0) await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
  const link = this as Link; // ws calls listeners with the socket, which this server makes as a Link
  link.heardAt = Date.now();
  if (link.floor) link.floor.counts.framesIn += 1;
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

function onPong(this: WebSocket): void {
  const link = this as Link; // as above
  link.heardAt = Date.now();
  if (link.floor) link.floor.counts.framesIn += 1;
}

function onClose(this: WebSocket): void {
  (this as Link).leave(); // as above
}

/** Oversized, not UTF-8, broken: ws has closed it with its own code. */
function onError(this: WebSocket): void {
  this.terminate();
}

/** The only place that speaks `ws`: accepts connections under `/app/<key>`, bounds what each may cost, sweeps the dead. */
export async function openSockets(options: SocketOptions): Promise<SocketServer> {
  const floor = new Floor(options.counts);
  const wss = new WebSocketServer<typeof Link>({
    noServer: true,
    maxPayload: largestFrameBytes,
    perMessageDeflate: false,
    clientTracking: false,
    WebSocket: Link,
  });
  const http = createServer((request, response) => {
    const url = urlOf(request);
    if (url) options.answer(request, response, url);
    else response.writeHead(400).end();
  });
  let draining = false;

  http.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on("error", destroy);
    const url = urlOf(request);
    const app = url ? options.appOf(keyOf(url, options.path)) : undefined;
    const status = draining ? 503 : !app || isOriginAllowed(request, app.origins) ? 0 : 403;
    if (status) return stream.end(`HTTP/1.1 ${status} ${status === 503 ? "Service Unavailable" : "Forbidden"}\r\n\r\n`);
    wss.handleUpgrade(request, stream, head, (link) => accept(floor, link, stream, app, url));
  });

  const sweep = setInterval(() => floor.sweep(), sweepEvery);

  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(options.port, resolve);
  });
  return {
    port: portOf(http),
    count: (app) => floor.count(app),
    close: async () => {
      draining = true;
      clearInterval(sweep);
      await floor.closeInSlices();
      wss.close();
      await new Promise((resolve) => {
        http.close(resolve);
        http.closeIdleConnections();
        // Also those that never said a word, which count as busy.
        setTimeout(() => http.closeAllConnections(), 1_000).unref();
      });
    },
  };
}

function accept(floor: Floor, link: Link, stream: Duplex, app: App | undefined, url: URL | null): void {
  link.on("error", onError);
  const refusal = refusalFor(app, url);
  if (refusal || !app) {
    link.send(objectFrame("pusher:error", refusal));
    link.close(refusal?.code, refusal?.message);
    setTimeout(() => link.terminate(), closeWithin).unref();
    return;
  }
  link.app = app;
  link.stream = stream;
  link.floor = floor;
  link.openedAt = Date.now();
  link.heardAt = link.openedAt;
  floor.all.add(link);
  link.on("message", onMessage);
  link.on("pong", onPong);
  link.on("close", onClose);
  app.opened(link);
}

function destroy(this: Duplex): void {
  this.destroy();
}

/** Null for what is no address, such as "//": anybody may send that, and it must not throw. */
function urlOf(request: IncomingMessage): URL | null {
  const path = request.url ?? "/";
  return URL.canParse(path, "http://worker") ? new URL(path, "http://worker") : null;
}

function keyOf(url: URL, path: string): string {
  const prefix = `${path}/app/`;
  return url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : "";
}

/** Browsers always send an Origin; programs send none. Pages of the same host name are our own. */
function isOriginAllowed(request: IncomingMessage, origins: App["origins"]): boolean {
  const { origin, host } = request.headers;
  if (origins === "any" || !origin || origins.includes(origin)) return true;
  return (
    URL.canParse(origin) &&
    URL.canParse(`http://${host}`) &&
    new URL(origin).hostname === new URL(`http://${host}`).hostname
  );
}

function refusalFor(app: App | undefined, url: URL | null): { code: number; message: string } | null {
  if (!app) return { code: closeCodes.unknownApp, message: "no such app" };
  const protocol = url?.searchParams.get("protocol") ?? null;
  // Clients written by hand leave the version out.
  if (protocol !== null && !(Number(protocol) >= 5)) {
    return { code: closeCodes.unsupportedProtocol, message: "protocol 5 to 7" };
  }
  return app.admits();
}

function portOf(http: Server): number {
  const address = http.address();
  return typeof address === "object" && address ? address.port : 0;
}
