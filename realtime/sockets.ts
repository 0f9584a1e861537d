import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { limits } from "#contracts/limits.ts";
import { closeCodes } from "#contracts/pusher.ts";
import { Admission } from "#realtime/admission.ts";
import { type App, attach, Connection, closeTimeoutMs, onError } from "#realtime/connection.ts";
import { ConnectionRegistry } from "#realtime/connection-registry.ts";
import { objectFrame } from "#realtime/frames.ts";
import { HandedOver } from "#realtime/handed-over.ts";
import type { Counts } from "#realtime/metrics.ts";
import { TokenBucket } from "#realtime/token-bucket.ts";
import { clientAddress } from "#server/realtime/client-address.ts";

const maxFrameBytes = 64 * 1024;
/** Length of the accept queue, for a reconnect storm. The system's own limit may be lower. */
const acceptQueueLength = 4_096;
const authDeadlineCheckMs = 250;

export type SocketServer = {
  port: number;
  /** Takes a connection that another process accepted and read nothing from. */
  accept(socket: Socket): void;
  /** Open connections of all apps. */
  size(): number;
  /** Open connections of one app. */
  count(app: App): number;
  /** Stops accepting and closes connections in slices, so that clients do not all reconnect at once. */
  close(): Promise<void>;
};

/** Limits of this worker. `contracts/limits.ts` has the defaults and their reasons. */
export type SocketLimits = { connections: number; connectionsPerAddress: number; framesPerSecond: number };

const defaultLimits: SocketLimits = {
  connections: limits.socketsPerWorker,
  connectionsPerAddress: limits.socketsPerAddress,
  framesPerSecond: limits.socketFrames.perSecond,
};
/** Connections for the HTTP API, health and metrics when all socket connections are taken. */
const spareConnections = 1_000;
/** Bounds a client that opens a connection and sends nothing, or sends its request very slowly. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;

export type SocketOptions = {
  port: number;
  inheritedSocket?: number | undefined;
  /** True when connections come only through `accept`: nothing is listened on. */
  isHandedOver?: boolean | undefined;
  bindAddress?: string | undefined;
  /** Path before `/app/<key>` and `/apps/<id>`: "" or "/something". */
  path: string;
  trustedProxies?: number | undefined;
  limits?: SocketLimits | undefined;
  appOf(key: string): App | undefined;
  counts: Counts;
  /** Answers plain HTTP: health, metrics, the HTTP API. */
  answer(request: IncomingMessage, response: ServerResponse, url: URL): void;
};

/**
 * The WebSocket server: accepts connections under `/app/<key>`, bounds what each may cost, and closes idle ones. Only
 * this file and `connection.ts` import `ws`.
 */
export async function openSockets(options: SocketOptions): Promise<SocketServer> {
  const registry = new ConnectionRegistry(options.counts);
  const wss = new WebSocketServer<typeof Connection>({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    clientTracking: false,
    WebSocket: Connection,
  });
  const max = options.limits ?? defaultLimits;
  const timeouts = {
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: 5_000,
  };
  const http = createServer(timeouts, (request, response) => {
    const url = urlOf(request);
    if (url) options.answer(request, response, url);
    else response.writeHead(400).end();
  });
  http.maxConnections = max.connections + spareConnections;
  const admission = new Admission(registry, max);
  let draining = false;

  http.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on("error", destroy);
    const url = urlOf(request);
    const app = url ? options.appOf(keyOf(url, options.path)) : undefined;
    const address = clientAddress(
      request.socket.remoteAddress,
      request.headers["x-forwarded-for"]?.toString(),
      options.trustedProxies ?? 0,
    );
    const status = app && !isOriginAllowed(request, app.origins) ? "403 Forbidden" : admission.refusal(address);
    if (status) return stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    // The handshake's answer and the first frame leave together at the end of the turn.
    stream.cork();
    // A client that connects during the stop gets a close code that means reconnect at once: after an HTTP error it
    // would wait 15 s.
    const refusal = draining ? restarting : refusalFor(app, url);
    wss.handleUpgrade(request, stream, head, (connection) => {
      if (refusal || !app) reject(connection, refusal);
      else accept(registry, connection, { stream, app, address, framesPerSecond: max.framesPerSecond });
    });
    setImmediate(() => stream.uncork());
  });

  registry.startSweeping();
  const authTimer = setInterval(() => registry.closeUnauthenticated(), authDeadlineCheckMs);

  const handedOver = new HandedOver(http);
  if (options.isHandedOver) handedOver.begin();
  else await listen(http, options);
  return {
    port: portOf(http),
    accept: handedOver.accept,
    size: () => registry.connections.size,
    count: (app) => registry.count(app),
    close: async () => {
      draining = true;
      // First, so that new connections go to another worker, or wait in the queue of the inherited socket.
      const closed = new Promise((resolve) => http.close(resolve));
      registry.stopSweeping();
      clearInterval(authTimer);
      await registry.closeInSlices();
      http.closeIdleConnections();
      // Includes connections that never sent a request, which count as busy.
      setTimeout(() => http.closeAllConnections(), 1_000).unref();
      await closed;
      await handedOver.closed();
      wss.close(); // last, because it answers those who still arrive with HTTP 503
    },
  };
}

function listen(http: Server, { inheritedSocket: fd, port, bindAddress: host }: SocketOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen({ ...(fd === undefined ? { port, host } : { fd }), backlog: acceptQueueLength }, resolve);
  });
}

/** Seconds of the sustained rate that may be used at once. */
const burstSeconds = limits.socketFrames.burst / limits.socketFrames.perSecond;

type Refusal = { code: number; message: string };
const restarting: Refusal = { code: closeCodes.reconnect, message: "the worker restarts" };

function reject(connection: Connection, refusal: Refusal | null): void {
  connection.on("error", onError);
  connection.send(objectFrame("pusher:error", refusal));
  connection.close(refusal?.code, refusal?.message);
  setTimeout(() => connection.terminate(), closeTimeoutMs).unref();
}

type Accepted = { stream: Duplex; app: App; address: string; framesPerSecond: number };

function accept(
  registry: ConnectionRegistry,
  connection: Connection,
  { stream, app, address, framesPerSecond }: Accepted,
): void {
  connection.on("error", onError);
  connection.app = app;
  connection.stream = stream;
  connection.registry = registry;
  connection.openedAt = Date.now();
  connection.receivedAt = connection.openedAt;
  connection.frameBudget = new TokenBucket(framesPerSecond, framesPerSecond * burstSeconds);
  registry.add(connection, address);
  attach(connection);
  app.opened(connection);
}

function destroy(this: Duplex): void {
  this.destroy();
}

/** Null for an invalid address such as "//", which any client may send and which must not throw. */
function urlOf(request: IncomingMessage): URL | null {
  const path = request.url ?? "/";
  return URL.canParse(path, "http://worker") ? new URL(path, "http://worker") : null;
}

function keyOf(url: URL, path: string): string {
  const prefix = `${path}/app/`;
  return url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : "";
}

/** Browsers always send an Origin; other programs send none. Pages of the same host name are our own. */
function isOriginAllowed(request: IncomingMessage, origins: App["origins"]): boolean {
  const { origin, host } = request.headers;
  if (origins === "any" || !origin || origins.includes(origin)) return true;
  return (
    URL.canParse(origin) &&
    URL.canParse(`http://${host}`) &&
    new URL(origin).hostname === new URL(`http://${host}`).hostname
  );
}

function refusalFor(app: App | undefined, url: URL | null): Refusal | null {
  if (!app) return { code: closeCodes.unknownApp, message: "no such app" };
  const protocol = url?.searchParams.get("protocol") ?? null;
  // Clients written by hand omit the version.
  if (protocol !== null && !(Number(protocol) >= 5)) {
    return { code: closeCodes.unsupportedProtocol, message: "protocol 5 to 7" };
  }
  return app.checkAdmission();
}

function portOf(http: Server): number {
  const address = http.address();
  return typeof address === "object" && address ? address.port : 0;
}
