import { randomInt } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { closeCodes } from "#contracts/pusher.ts";
import { objectFrame } from "#realtime/frames.ts";

/** Larger content goes over HTTP. */
const maxFrameBytes = 64 * 1024;
/** A reader this far behind is cut off; it comes back and catches up from its numbers. */
const maxBacklogBytes = 256 * 1024;
const signInWithin = 10_000;
/** Clients ping after 25 s of quiet; two of those and a bit. */
const silentFor = 60_000;
const sweepEvery = 5_000;

/** One open connection, as the rest of the worker sees it. */
export type Socket = {
  readonly id: string;
  send(frame: string): void;
  close(code: number, reason: string): void;
};

export type SocketListener = {
  opened(socket: Socket): void;
  received(socket: Socket, text: string): void;
  closed(socket: Socket): void;
  /** Has this socket said who it is? Asked by the sweep. */
  isSignedIn(socket: Socket): boolean;
};

export type SocketServer = {
  port: number;
  count(): number;
  /** Stops accepting and closes everyone in slices, so that they do not all come back in one moment. */
  close(): Promise<void>;
};

export type SocketOptions = {
  port: number;
  key: string;
  origins: string[];
  /** Answers plain HTTP, for the health pages. */
  answer: (path: string) => { status: number; body: string };
};

type Kept = Socket & { ws: WebSocket; openedAt: number; heardAt: number };

/** The only place that speaks `ws`: accepts connections under `/app/<key>`, bounds what each may cost, sweeps the dead. */
export async function openSockets(options: SocketOptions, listener: SocketListener): Promise<SocketServer> {
  const all = new Set<Kept>();
  const wss = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false });
  const http = createServer((request, response) => {
    const { status, body } = options.answer(urlOf(request)?.pathname ?? "");
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(body);
  });
  let draining = false;

  http.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on("error", () => stream.destroy());
    const status = draining ? 503 : isOriginAllowed(request, options.origins) ? 0 : 403;
    if (status) return stream.end(`HTTP/1.1 ${status} ${status === 503 ? "Service Unavailable" : "Forbidden"}\r\n\r\n`);
    wss.handleUpgrade(request, stream, head, (ws) => accept(ws, request));
  });

  function accept(ws: WebSocket, request: IncomingMessage): void {
    ws.on("error", () => ws.terminate()); // oversized, not UTF-8, broken: ws has closed it with its own code
    const url = urlOf(request);
    const refusal = url ? refusalFor(url, options.key) : { code: closeCodes.unknownApp, message: "no such app" };
    if (refusal) {
      ws.send(objectFrame("pusher:error", refusal));
      ws.close(refusal.code, refusal.message);
      return;
    }
    const socket = keep(ws);
    all.add(socket);
    ws.on("message", (data, isBinary) => {
      socket.heardAt = Date.now();
      if (isBinary) return ws.close(1003, "text frames only");
      listener.received(socket, data.toString());
    });
    ws.on("close", () => {
      all.delete(socket);
      listener.closed(socket);
    });
    listener.opened(socket);
  }

  const sweep = setInterval(() => {
    const now = Date.now();
    for (const socket of all) {
      if (now - socket.heardAt > silentFor) socket.ws.terminate();
      else if (now - socket.openedAt > signInWithin && !listener.isSignedIn(socket)) {
        socket.close(closeCodes.unauthorized, "sign in within 10 seconds");
      }
    }
  }, sweepEvery);

  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(options.port, resolve);
  });
  return {
    port: portOf(http),
    count: () => all.size,
    close: async () => {
      draining = true;
      clearInterval(sweep);
      await closeInSlices(all);
      wss.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** Null for what is no address, such as "//": anybody may send that, and it must not throw. */
function urlOf(request: IncomingMessage): URL | null {
  const path = request.url ?? "/";
  return URL.canParse(path, "http://worker") ? new URL(path, "http://worker") : null;
}

function keep(ws: WebSocket): Kept {
  const now = Date.now();
  return {
    // Not guessable, and unique over all workers: two random numbers of 48 bits.
    id: `${randomInt(2 ** 48 - 1)}.${randomInt(2 ** 48 - 1)}`,
    ws,
    openedAt: now,
    heardAt: now,
    send: (frame) => {
      if (ws.readyState !== ws.OPEN) return;
      if (ws.bufferedAmount > maxBacklogBytes) ws.terminate();
      else ws.send(frame);
    },
    close: (code, reason) => {
      ws.close(code, reason);
      // A peer that does not answer the close would hold the socket for 30 s.
      setTimeout(() => ws.terminate(), 2_000).unref();
    },
  };
}

/** Browsers always send an Origin; programs send none. Pages of the same host name are our own. */
function isOriginAllowed(request: IncomingMessage, origins: string[]): boolean {
  const { origin, host } = request.headers;
  if (!origin || origins.includes(origin)) return true;
  return (
    URL.canParse(origin) &&
    URL.canParse(`http://${host}`) &&
    new URL(origin).hostname === new URL(`http://${host}`).hostname
  );
}

function refusalFor(url: URL, key: string): { code: number; message: string } | null {
  const protocol = url.searchParams.get("protocol");
  if (url.pathname !== `/app/${key}`) return { code: closeCodes.unknownApp, message: "no such app" };
  // Clients written by hand leave the version out.
  if (protocol !== null && !(Number(protocol) >= 5)) {
    return { code: closeCodes.unsupportedProtocol, message: "protocol 5 to 7" };
  }
  return null;
}

async function closeInSlices(all: Set<Kept>): Promise<void> {
  const slice = Math.max(50, Math.ceil(all.size / 20));
  while (all.size > 0) {
    for (const socket of [...all].slice(0, slice)) {
      all.delete(socket);
      socket.close(closeCodes.reconnect, "the worker restarts");
    }
    if (all.size > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function portOf(http: Server): number {
  const address = http.address();
  return typeof address === "object" && address ? address.port : 0;
}
