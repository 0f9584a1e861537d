import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

const passedOn = ["content-length", "content-range", "accept-ranges"];

/**
 * Passes on what lies at an address of the bucket: ranges, HEAD, and 304 for who has it, because what lies under `etag`
 * never changes. Other headers must be set already. 404 not there, 416 no such range, 503 the bucket answers no.
 */
export async function passThrough(request: IncomingMessage, response: ServerResponse, address: string, etag: string) {
  const { range, "if-range": ifRange, "if-none-match": known = "" } = request.headers;
  response.setHeader("etag", etag);
  if (known.split(/\s*,\s*/).includes(etag)) return void response.writeHead(304).end();
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (range !== undefined && (ifRange === undefined || ifRange === etag)) headers.range = range;
  try {
    const { status, headers: said, body } = await fetch(address, { headers, signal: gone.signal });
    if (status !== 200 && status !== 206) {
      await body?.cancel();
      const contentRange = said.get("content-range");
      if (status === 416 && contentRange) response.setHeader("content-range", contentRange);
      return refuse(response, status === 404 || status === 416 ? status : 503);
    }
    for (const name of passedOn) {
      const value = said.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    response.writeHead(status);
    if (request.method === "HEAD" || !body) return void response.end(() => gone.abort());
    await pipeline(Readable.fromWeb(body as ReadableStream), response); // the same, by another name
  } catch (error) {
    if (gone.signal.aborted) return; // the client has disconnected
    if (response.headersSent) return void response.destroy();
    refuse(response, 503);
    throw error;
  }
}

const refuse = (response: ServerResponse, status: number) =>
  void response.writeHead(status, { "cache-control": "private, no-store" }).end();
