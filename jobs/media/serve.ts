import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import send from "send";
import { limits } from "#contracts/limits.ts";
import { passThrough } from "#jobs/media/pass-through.ts";
import type { Readings } from "#jobs/media/readings.ts";
import { isUnavailable } from "#server/db/unavailable.ts";
import { env } from "#server/env.ts";
import { type FileUrl, type Reading, readFileUrl } from "#server/media/file-url.ts";
import { dispositionOf, servingOf } from "#server/media/serving.ts";
import { diskPaths } from "#server/media/storage/disk.ts";
import { storage } from "#server/media/storage/storage.ts";

/**
 * Serves one variant of a blob by a signed address, as long as the person in it may read the file: ranges, conditional
 * requests, HEAD. The browser caches it for half a minute, a public file until its address expires; shared caches
 * never do. A response under way ends when the person may read no more. 403: forged, expired, or the person may not read
 * it any more; 404: no such file; 416: no such range; 503: the database or the bucket is down.
 */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  { pathname, search }: { pathname: string; search: string },
  readings: Readings,
) {
  const file = readFileUrl(pathname, search);
  response.setHeader("cache-control", "private, no-store");
  if (!file) return void response.writeHead(403).end();
  if (file.reading) {
    const status = await judge(file.reading, readings);
    if (status !== 200) return void response.writeHead(status).end();
    endWithReading(response, file.reading, readings);
  }
  const serving = servingOf(file.serving.type, file.serving.name);
  return env().storage.type === "disk"
    ? sendFromDisk(request, response, { ...file, serving })
    : serveFromBucket(request, response, { ...file, serving });
}

/** While the database is down only remembered permissions count; every other request is refused. */
async function judge(reading: Reading, readings: Readings): Promise<200 | 403 | 503> {
  try {
    return (await readings.may(reading)) ? 200 : 403;
  } catch (error) {
    if (error instanceof Error && isUnavailable(error)) return 503;
    throw error;
  }
}

/** A film is one long response where the browser has room for it. Tables that are away end nothing. */
function endWithReading(response: ServerResponse, reading: Reading, readings: Readings): void {
  const timer = setInterval(() => {
    readings.may(reading).then(
      (may) => may || response.destroy(),
      () => {},
    );
  }, readings.everyMs);
  timer.unref();
  response.once("close", () => clearInterval(timer));
}

function keptFor({ reading, expires }: FileUrl): string {
  if (reading) return `private, max-age=${limits.fileReadingSeconds}`;
  return `private, max-age=${Math.max(0, Math.floor((expires.getTime() - Date.now()) / 1_000))}, immutable`;
}

function setServing(response: ServerResponse, file: FileUrl): void {
  response.setHeader("content-type", file.serving.type);
  response.setHeader("content-disposition", dispositionOf(file.serving));
  response.setHeader("cache-control", keptFor(file));
}

async function sendFromDisk(request: IncomingMessage, response: ServerResponse, file: FileUrl): Promise<void> {
  const settings = env().storage;
  if (settings.type !== "disk") return;
  const directory = diskPaths(path.resolve(settings.directory)).blob(file.blobId);
  await new Promise<void>((resolve) => {
    response.once("close", resolve);
    send(request, file.variant, { root: directory, cacheControl: false, dotfiles: "deny", index: false })
      .on("headers", () => setServing(response, file))
      .on("directory", () => response.writeHead(404).end())
      .on("error", (error: { status?: number }) => {
        if (!response.headersSent) response.writeHead(error.status ?? 404);
        response.end();
      })
      .pipe(response);
  });
}

/**
 * What is looked at and heard passes through here: a browser that seeks asks the last address it was led to, and that
 * of a bucket lasts half a minute. A download is led there, which has begun by then.
 */
async function serveFromBucket(request: IncomingMessage, response: ServerResponse, file: FileUrl): Promise<void> {
  const { blobId, variant, serving } = file;
  const expires = new Date(Date.now() + limits.fileReadingSeconds * 1_000);
  const address = await storage().variantAddress("", blobId, variant, serving, expires);
  if (serving.name !== null) return void response.writeHead(302, { location: address }).end();
  setServing(response, file);
  await passThrough(request, response, address, `"${blobId}-${variant}"`);
}
