import { constants } from "node:fs";
import { copyFile, link, mkdir, open, readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { limits } from "#contracts/limits.ts";
import { signFileUrl } from "#server/media/file-url.ts";
import { signedAddress } from "#server/media/signature.ts";
import { PartsMissing, type Storage } from "#server/media/storage/storage.ts";

/** Where things lie under the directory; the jobs process serves and fills the same places. */
export const diskPaths = (directory: string) => ({
  upload: (fileId: string) => path.join(directory, "uploads", fileId),
  blob: (blobId: string) => path.join(directory, "blobs", blobId.slice(-2), blobId),
});

const hour = 3_600_000;

/**
 * Files on the disk of the jobs process. Parts are written into one file at their places, so putting them together moves
 * nothing, and a name appears under `blobs/` only by a link or a rename: what is there is whole.
 */
export function createDisk(directory: string): Storage {
  const places = diskPaths(path.resolve(directory));
  const variantOf = (blobId: string, variant: string) => path.join(places.blob(blobId), variant);
  return {
    beginUpload: async () => "",
    partAddress: async (base, { fileId }, { n, offset, bytes }) =>
      signedAddress(
        base,
        "PUT",
        `/parts/${fileId}/${n}`,
        { offset: String(offset), bytes: String(bytes) },
        new Date(Date.now() + limits.uploadHours * hour),
      ),
    completeUpload: async ({ fileId }) => {
      await stat(places.upload(fileId)).catch(() => {
        throw new PartsMissing(`nothing was uploaded for ${fileId}`);
      });
    },
    dropUpload: ({ fileId }) => rm(places.upload(fileId), { force: true }),
    downloadUpload: async (fileId) => ({ path: places.upload(fileId), dispose: async () => {} }),
    promoteUpload: async (fileId, blobId, variant) => {
      await mkdir(places.blob(blobId), { recursive: true });
      await linkOrCopy(places.upload(fileId), variantOf(blobId, variant));
    },
    putVariant: async (blobId, variant, bytes) => {
      await mkdir(places.blob(blobId), { recursive: true });
      await whole(variantOf(blobId, variant), (unfinished) => writeFile(unfinished, bytes, { flush: true }));
    },
    makeVariant: async (blobId, variant, make) => {
      await mkdir(places.blob(blobId), { recursive: true });
      try {
        return await whole(variantOf(blobId, variant), async (unfinished) => {
          const made = await make(unfinished);
          return { made, bytes: await sync(unfinished) };
        });
      } catch (error) {
        // Empty, unless another variant lies there.
        await rmdir(places.blob(blobId)).catch(() => {});
        throw error;
      }
    },
    listOld: (kind, before) => listOld(path.join(path.resolve(directory), kind), kind === "blobs" ? 1 : 0, before),
    dropBlob: (blobId) => rm(places.blob(blobId), { recursive: true, force: true }),
    variantAddress: async (base, blobId, variant, serving, expires) =>
      signFileUrl(base, { blobId, variant, serving, reading: null, expires }),
  };
}

/** What is written under another name appears under this one when it is whole, or not at all. */
async function whole<T>(place: string, write: (unfinished: string) => Promise<T>): Promise<T> {
  const unfinished = `${place}.${crypto.randomUUID()}`;
  try {
    const answer = await write(unfinished);
    await rename(unfinished, place);
    return answer;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** On the disk itself before a row says so. Answers its bytes. */
async function sync(place: string): Promise<number> {
  const file = await open(place, "r+");
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** A second name for the same bytes; filesystems without such names get a second copy. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV", "EMLINK"].includes(code)) throw error;
    const unfinished = `${to}.${crypto.randomUUID()}`;
    await copyFile(from, unfinished, constants.COPYFILE_FICLONE);
    await rename(unfinished, to);
  }
}

/** Names that lie so many folders deep, and have not changed since. */
async function* listOld(directory: string, depth: number, before: Date): AsyncIterable<string> {
  for (const name of await readdir(directory).catch(() => [])) {
    const place = path.join(directory, name);
    if (depth > 0) yield* listOld(place, depth - 1, before);
    else if (
      await stat(place).then(
        ({ mtime }) => mtime < before,
        () => false, // it went meanwhile
      )
    )
      yield name;
  }
}
