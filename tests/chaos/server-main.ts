/** One server process of a run: the product's own HTTP door without pages, so that it starts in a blink. */
import http from "node:http";
import { handleTrpc } from "#server/trpc/http.ts";

async function readBody(incoming: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const server = http.createServer(async (incoming, outgoing) => {
  try {
    const { method = "GET", url = "/" } = incoming;
    if (url === "/health") return void outgoing.end("{}");
    const headers = new Headers();
    for (const name of ["authorization", "content-type", "host"]) {
      const value = incoming.headers[name];
      if (typeof value === "string") headers.set(name, value);
    }
    const body = method === "GET" ? null : new Uint8Array(await readBody(incoming));
    const response = await handleTrpc(new Request(`http://${incoming.headers.host}${url}`, { method, headers, body }));
    outgoing.writeHead(response.status, { "content-type": "application/json" });
    outgoing.end(await response.text());
  } catch (error) {
    console.error(error);
    incoming.socket.destroy();
  }
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT), "127.0.0.1", 1024);
process.on("SIGTERM", () => process.exit(0));
