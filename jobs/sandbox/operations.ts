import { countPixels, drawPicture, makePicture } from "#jobs/media/pictures.ts";
import { makeRecording } from "#jobs/media/recordings/make.ts";
import { sniff } from "#jobs/media/sniff.ts";
import { decodePage, readPage } from "#jobs/previews/page.ts";
import type { Inspected, Operation, Operations } from "#jobs/sandbox/protocol.ts";

async function inspect({ path, mediaKind }: Operations["inspect"]["input"]): Promise<Inspected> {
  const type = await sniff(path);
  if (mediaKind === "file") return { type, metadata: {}, picture: null };
  const picture = await makePicture(path, type ?? "");
  return { type: picture.type, metadata: picture.metadata, picture };
}

/** Everything that parses bytes of strangers. Runs in the child process alone (child.ts). */
export const operations: {
  [O in Operation]: (input: Operations[O]["input"]) => Promise<Operations[O]["output"]>;
} = {
  inspect,
  countPixels: ({ path }) => countPixels(path),
  copyRecording: ({ path, target, mediaKind }) => makeRecording(path, target, mediaKind),
  readPage: async ({ body, charset, url }) => readPage(decodePage(Buffer.from(body), charset), url),
  draw: ({ drawing, side }) => drawPicture(Buffer.from(drawing), side),
};
