import { once } from "node:events";
import { constants } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { limits } from "#contracts/limits.ts";
import { hashOn } from "#jobs/media/hashing.ts";
import { sql } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import { log } from "#server/log.ts";
import { readSigned } from "#server/media/signature.ts";
import { diskPaths } from "#server/media/storage/disk.ts";
import { insertParts, readFile, readPartState } from "#server/media/store.ts";

const codes: Record<string, number> = { ENOSPC: 507, EDQUOT: 507, EFBIG: 507 };

/** Who is writing which part now; one at a time for each. */
const writing = new Map<string, { request: IncomingMessage; over: Promise<void> }>();

/**
 * Takes one part of an upload and writes it where it belongs, without holding it. It counts once all of it is on the
 * disk and noted in the tables; a part that was cut, or that comes twice, or after its upload was dropped, harms
 * nothing. What was noted is never written again, so what was looked into is what is served.
 *
 * 200 with an ETag; 403 forged or over; 410 no such upload any more; 411, 413 not exactly as many bytes as announced;
 * 507 no room.
 */
export async function receivePart(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  search: string,
) {
  response.setHeader("access-control-expose-headers", "etag");
  const signed = readSigned("PUT", pathname, search);
  const settings = env().storage;
  if (!signed || settings.type !== "disk") return refuse(request, response, 403);
  const [bytes, offset] = [Number(signed.parameters.get("bytes")), Number(signed.parameters.get("offset"))];
  const length = request.headers["content-length"];
  if (length === undefined) return refuse(request, response, 411);
  if (Number(length) !== bytes) return refuse(request, response, 413);
  const [, , fileId = "", number = ""] = pathname.split("/");
  const place = diskPaths(path.resolve(settings.directory)).upload(fileId);
  const part = { fileId, n: Number(number), offset, bytes, etag: `"${offset}-${bytes}"` };
  const endTurn = await takeTurn(request, pathname);
  try {
    const status = await take(request, place, part);
    if (status === 200) response.setHeader("etag", part.etag);
    if (status === 200) response.writeHead(200).end();
    else refuse(request, response, status);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    // A client that disconnects in the middle sends the rest later.
    if (code !== "ERR_STREAM_PREMATURE_CLOSE" && code !== "ECONNRESET")
      log.warn({ err: error }, "a part was not stored");
    if (!response.headersSent && !response.destroyed) refuse(request, response, codes[code] ?? 503);
  } finally {
    endTurn();
  }
}

/**
 * A part that comes again while it is being written replaces the writer, because its client has probably disconnected.
 */
async function takeTurn(request: IncomingMessage, pathname: string): Promise<() => void> {
  for (let other = writing.get(pathname); other; other = writing.get(pathname)) {
    other.request.destroy();
    await other.over;
  }
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  writing.set(pathname, { request, over });
  return () => {
    writing.delete(pathname);
    end();
  };
}

type Arriving = { fileId: string; n: number; offset: number; bytes: number; etag: string };

async function take(
  request: IncomingMessage,
  place: string,
  { fileId, n, offset, bytes, etag }: Arriving,
): Promise<number> {
  const state = await readPartState(sql(), fileId, n);
  if (state === null) return 410;
  if (state === "there") {
    // Read to its end: many clients hear no answer before they have said everything.
    request.resume();
    if (!request.readableEnded) await once(request, "end");
    return 200;
  }
  await mkdir(path.dirname(place), { recursive: true });
  const file = await open(place, constants.O_WRONLY | constants.O_CREAT, 0o600);
  const stream = file.createWriteStream({ start: offset, highWaterMark: 1024 * 1024 });
  const closed = new Promise<void>((resolve) => stream.once("close", () => resolve()));
  try {
    // Node ends the request when fewer bytes come than were announced, and reads no more than those.
    await pipeline(request, stream);
  } finally {
    // The stream closes the file, however it ends; the next writer of this part waits for that.
    await closed;
  }
  if (await insertParts(sql(), fileId, [{ n, etag }])) {
    // Not awaited: the next part may be sent meanwhile.
    void hashOn(place, { offset, bytes });
    return 200;
  }
  // Cancelled meanwhile: these bytes are not needed any more.
  if (!(await readFile(sql(), fileId))) await rm(place, { force: true });
  return 410;
}

/**
 * A body of the usual size is read and dropped: a client that is cut off while sending gets no answer, and would retry.
 * What is larger, or does not say, ends with the answer.
 */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  const bounded = Number(request.headers["content-length"]) <= limits.partBytes;
  response.writeHead(status, bounded ? {} : { connection: "close" }).end();
  request.resume();
}
