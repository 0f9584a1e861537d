import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import send from "send";
import { env } from "#server/env.ts";
import { dispositionOf, servingOf } from "#server/media/serving.ts";
import { readSigned } from "#server/media/signature.ts";
import { diskPlaces } from "#server/media/storage/disk.ts";

/**
 * Serves one variant of a blob to whoever shows a signed address: ranges, conditional requests, HEAD. Kept by the
 * browser until the address is over and by nobody in between. 403 forged or over, 404 not there, 416 no such range.
 */
export async function serveFile(request: IncomingMessage, response: ServerResponse, pathname: string, search: string) {
  const signed = readSigned("GET", pathname, search);
  const settings = env().storage;
  const [, , blobId = "", variant = ""] = pathname.split("/");
  if (!signed || settings.type !== "disk") return void response.writeHead(403).end();
  const serving = servingOf(signed.parameters.get("type") ?? "", signed.parameters.get("name"));
  const seconds = Math.max(0, Math.floor((signed.expires.getTime() - Date.now()) / 1_000));
  const directory = diskPlaces(path.resolve(settings.directory)).blob(blobId);
  await new Promise<void>((resolve) => {
    response.once("close", resolve);
    send(request, variant, { root: directory, cacheControl: false, dotfiles: "deny", index: false })
      .on("headers", (head: ServerResponse) => {
        head.setHeader("content-type", serving.type);
        head.setHeader("content-disposition", dispositionOf(serving));
        head.setHeader("cache-control", `private, max-age=${seconds}, immutable`);
      })
      .on("directory", () => response.writeHead(404).end())
      .on("error", (error: { status?: number }) => {
        if (!response.headersSent) response.writeHead(error.status ?? 404);
        response.end();
      })
      .pipe(response);
  });
}
