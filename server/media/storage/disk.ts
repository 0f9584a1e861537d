import { constants } from "node:fs";
import { copyFile, link, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { limits } from "#contracts/limits.ts";
import { signedAddress } from "#server/media/signature.ts";
import { PartsMissing, type Storage } from "#server/media/storage/storage.ts";

/** Where things lie under the directory; the jobs process serves and fills the same places. */
export const diskPlaces = (directory: string) => ({
  upload: (fileId: string) => path.join(directory, "uploads", fileId),
  blob: (blobId: string) => path.join(directory, "blobs", blobId.slice(-2), blobId),
});

const hour = 3_600_000;

/**
 * Files on the disk of the jobs process. Parts are written into one file at their places, so putting them together moves
 * nothing, and a name appears under `blobs/` only by a link or a rename: what is there is whole.
 */
export function createDisk(directory: string): Storage {
  const places = diskPlaces(path.resolve(directory));
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
    uploadedFile: async (fileId) => ({ path: places.upload(fileId), dispose: async () => {} }),
    keepUpload: async (fileId, blobId, variant) => {
      await mkdir(places.blob(blobId), { recursive: true });
      await linkOrCopy(places.upload(fileId), variantOf(blobId, variant));
    },
    putVariant: async (blobId, variant, bytes) => {
      await mkdir(places.blob(blobId), { recursive: true });
      const unfinished = `${variantOf(blobId, variant)}.${crypto.randomUUID()}`;
      try {
        await writeFile(unfinished, bytes, { flush: true });
        await rename(unfinished, variantOf(blobId, variant));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    listOld: (kind, before) => listOld(path.join(path.resolve(directory), kind), kind === "blobs" ? 1 : 0, before),
    dropBlob: (blobId) => rm(places.blob(blobId), { recursive: true, force: true }),
    variantAddress: async (base, blobId, variant, { type, name }, expires) =>
      signedAddress(base, "GET", `/files/${blobId}/${variant}`, { type, ...(name === null ? {} : { name }) }, expires),
  };
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
