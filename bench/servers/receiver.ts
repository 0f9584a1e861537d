/**
 * The floor under uploads: a bare HTTP server that writes what it is sent into one file, at the place that the address
 * says, without a database. `PUT /<name>?at=<offset>`; two may write at once, as our parts do. `MEDIA_DIR` is where.
 */
import { mkdirSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { answerParent } from "#bench/program.ts";

const directory = path.join(process.env.MEDIA_DIR ?? "", "floor");
mkdirSync(directory, { recursive: true });

const server = http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://floor");
  const place = path.join(directory, path.basename(pathname));
  if (request.method === "DELETE") await rm(place, { force: true });
  else {
    const file = await open(place, "a").then((made) => made.close().then(() => open(place, "r+")));
    await pipeline(
      request,
      file.createWriteStream({ start: Number(searchParams.get("at")), highWaterMark: 1024 * 1024 }),
    );
  }
  response.end();
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  answerParent(typeof address === "object" && address ? address.port : 0, async () => {});
});
