import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { storeOwnPicture } from "#jobs/media/store-picture.ts";
import { fetchGuarded } from "#jobs/previews/fetch.ts";
import { inspectDeadlineMs, pageDeadlineMs } from "#jobs/sandbox/deadlines.ts";
import { inSandbox } from "#jobs/sandbox/pool.ts";
import { sql } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import { writePreview } from "#server/links/store.ts";
import { log } from "#server/log.ts";
import { findBlob, insertFile } from "#server/media/store.ts";

const page = { accept: "text/html,application/xhtml+xml", maxBytes: 512 * 1024, cut: true };
const image = { accept: "image/*", maxBytes: 5_000_000, cut: false };
/** For the page and its picture together. */
const patience = 8_000;

/** Fetches what a page says of itself. Whatever goes wrong on the way there means that there is nothing to show. */
export async function previewPage(url: string): Promise<void> {
  const options = { inside: env().linkPreviewAllowedHosts, signal: AbortSignal.timeout(patience) };
  const card = await readCard(url, options).catch((error: unknown) => {
    log.debug({ err: error }, "a page was not fetched");
    return null;
  });
  if (!card) return writePreview(sql(), url, null, null);
  const { picture, ...words } = card;
  const pictureId = picture === null ? null : await takePicture(picture, options).catch(() => null);
  await writePreview(sql(), url, words, pictureId);
}

type Options = { inside: readonly string[]; signal: AbortSignal };

async function readCard(url: string, options: Options) {
  const fetched = await fetchGuarded(url, { ...page, ...options });
  return fetched && inSandbox("readPage", fetched, pageDeadlineMs);
}

/** A preview's picture is processed like an uploaded one, and has no owner. */
async function takePicture(url: string, options: Options): Promise<string | null> {
  const fetched = await fetchGuarded(url, { ...image, ...options });
  if (!fetched) return null;
  const sha256 = createHash("sha256").update(fetched.body).digest();
  const blobId = (await findBlob(sql(), null, sha256, "image")) ?? (await makeBlob(fetched.body, sha256));
  const id = crypto.randomUUID();
  const file = { id, ownerId: null, purpose: "image" as const, name: "picture", bytes: fetched.body.length, sha256 };
  await insertFile(sql(), { ...file, partBytes: 1, storageUploadId: "", blobId });
  return id;
}

async function makeBlob(bytes: Buffer, sha256: Buffer): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), "imchat-preview-"));
  const local = path.join(directory, "picture");
  try {
    await writeFile(local, bytes);
    const deadlineMs = inspectDeadlineMs("image", bytes.length);
    const { picture } = await inSandbox("inspect", { path: local, mediaKind: "image" }, deadlineMs);
    if (!picture) throw new Error("an image was inspected and no picture came of it");
    return await storeOwnPicture(picture, sha256);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
