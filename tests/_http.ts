/** A fetch-style handler on a real HTTP server of this machine, as Next would call it. */
import http from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";

export type HttpServer = { url: string; port: number; close(): Promise<void> };

/** Port 0 lets the system choose. A handler that throws breaks the connection: the answer is lost on its way. */
export async function serve(handle: (request: Request) => Promise<Response>, port = 0): Promise<HttpServer> {
  const server = http.createServer(async (incoming, outgoing) => {
    try {
      const response = await handle(toRequest(incoming));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    } catch {
      incoming.socket.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Headers as they came. */
function toRequest(incoming: http.IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) headers.set(name, (value ?? []).join(", "));
  const url = `http://${incoming.headers.host}${incoming.url}`;
  const { method = "GET" } = incoming;
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  // Node and the fetch standard type the same stream differently.
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array> as BodyInit;
  return new Request(url, { method, headers, body, ...{ duplex: "half" } });
}
