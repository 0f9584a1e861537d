import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { receivePart } from "#jobs/media/parts.ts";
import { type Readings, rememberReadings } from "#jobs/media/readings.ts";
import { serveFile } from "#jobs/media/serve.ts";
import { strictTransport } from "#server/auth/watch-requests.ts";
import { env } from "#server/env.ts";
import { log } from "#server/log.ts";
import { mayStillRead } from "#server/media/reading.ts";

/** So long a client may be silent in the middle of a part. */
const silence = 60_000;

/**
 * The media server: parts of uploads in, files out, by signed addresses. It has an origin of its own and
 * no cookies, so an uploaded file cannot act for its viewer. Also `/healthz` and `/readyz`.
 */
export async function startHttp(
  port: number,
  isReady: () => boolean,
  bindAddress?: string,
  readings = rememberReadings(mayStillRead),
) {
  const isSecure = env().mediaUrl?.startsWith("https://") ?? false;
  const server = http.createServer((request, response) => {
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
    response.setHeader("referrer-policy", "no-referrer");
    if (isSecure) response.setHeader("strict-transport-security", strictTransport);
    answer(request, response, isReady, readings).catch((error: unknown) => {
      log.error({ err: error }, "the media server broke");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.timeout = silence;
  // A part over a slow line takes minutes; being silent is what ends it.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, bindAddress, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port, // it listens on TCP
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  isReady: () => boolean,
  readings: Readings,
): Promise<void> {
  const { method = "GET", url = "/" } = request;
  if (!URL.canParse(url, "http://media")) return void response.writeHead(400).end();
  const { pathname, search } = new URL(url, "http://media");
  if (pathname === "/healthz") return void response.end("ok");
  if (pathname === "/readyz") return void response.writeHead(isReady() ? 200 : 503).end();
  // Pages of any origin may ask: what opens anything is in the address.
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("cross-origin-resource-policy", "cross-origin");
  if (method === "OPTIONS") {
    response.setHeader("access-control-allow-methods", "GET, PUT");
    response.setHeader("access-control-allow-headers", "content-type, range");
    response.setHeader("access-control-max-age", "7200");
    return void response.writeHead(204).end();
  }
  if (method === "PUT" && pathname.startsWith("/parts/")) return receivePart(request, response, pathname, search);
  if ((method === "GET" || method === "HEAD") && pathname.startsWith("/files/")) {
    return serveFile(request, response, { pathname, search }, readings);
  }
  response.writeHead(404).end();
}
