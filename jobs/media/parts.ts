import { constants } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { sql } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import { log } from "#server/log.ts";
import { readSigned } from "#server/media/signature.ts";
import { diskPlaces } from "#server/media/storage/disk.ts";
import { insertParts } from "#server/media/store.ts";

const codes: Record<string, number> = { ENOSPC: 507, EDQUOT: 507, EFBIG: 507 };

/**
 * Takes one part of an upload and writes it where it belongs, without holding it. It counts once all of it is on the disk
 * and noted in the tables; a part that was cut, or that comes twice, or after its upload was dropped, harms nothing.
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
  const [, , fileId = "", number = ""] = pathname.split("/");
  const signed = readSigned("PUT", pathname, search);
  const settings = env().storage;
  if (!signed || settings.type !== "disk") return refuse(request, response, 403);
  const [bytes, offset] = [Number(signed.parameters.get("bytes")), Number(signed.parameters.get("offset"))];
  const length = request.headers["content-length"];
  if (length === undefined) return refuse(request, response, 411);
  if (Number(length) !== bytes) return refuse(request, response, 413);
  const place = diskPlaces(path.resolve(settings.directory)).upload(fileId);
  try {
    await mkdir(path.dirname(place), { recursive: true });
    const file = await open(place, constants.O_WRONLY | constants.O_CREAT, 0o600);
    // Node ends the request when fewer bytes come than were announced, and reads no more than those. The stream closes the
    // file, however it ends.
    await pipeline(request, file.createWriteStream({ start: offset, highWaterMark: 1024 * 1024 }));
    const n = Number(number);
    const etag = `"${offset}-${bytes}"`;
    if (!(await insertParts(sql(), fileId, [{ n, etag }]))) return void response.writeHead(410).end();
    response.setHeader("etag", etag);
    response.writeHead(200).end();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    // Whoever goes away in the middle comes back for the rest.
    if (code !== "ERR_STREAM_PREMATURE_CLOSE" && code !== "ECONNRESET")
      log.warn({ err: error }, "a part was not stored");
    if (!response.headersSent && !response.destroyed) refuse(request, response, codes[code] ?? 503);
  }
}

/** The body is not read: the connection ends with the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: "close" }).end();
  request.resume();
}
