import { env } from "#server/env.ts";
import { createDisk } from "#server/media/storage/disk.ts";
import { createS3 } from "#server/media/storage/s3.ts";

/** How a browser is to treat what it gets. Inline only for what was looked into; everything else is a download. */
export type Serving = { type: string; name: string | null };

export type Part = { n: number; etag: string };

/**
 * Where bytes are. Uploads come in parts under the file's id and become one object; looked-into bytes lie under the
 * blob's id, one object per variant. The operations only make addresses; everything that touches bytes runs in the jobs
 * process.
 */
export type Storage = {
  /** Makes ready for an upload of several parts; what it answers is kept with the file and given to the others. */
  beginUpload(fileId: string): Promise<string>;
  /** Where a part is to be PUT, and until when. `bytes`: exactly so many. */
  partAddress(
    base: string,
    upload: { fileId: string; state: string },
    part: { n: number; offset: number; bytes: number },
  ): Promise<string>;
  /** Puts the parts together. Parts that are not there throw `PartsMissing`. */
  completeUpload(upload: { fileId: string; state: string }, parts: readonly Part[]): Promise<void>;
  dropUpload(upload: { fileId: string; state: string }): Promise<void>;
  /**
   * The uploaded bytes as a file on this machine. `dispose` takes away what was made for it. An object that is not of
   * this size throws `WrongSize` before it is fetched.
   */
  downloadUpload(fileId: string, bytes: number): Promise<LocalFile>;
  /** Makes an uploaded object a blob's variant without reading it again. The upload stays until it is dropped. */
  promoteUpload(fileId: string, blobId: string, variant: string): Promise<void>;
  putVariant(blobId: string, variant: string, bytes: Buffer, type: string): Promise<void>;
  /**
   * A variant that is made as a file: \`make\` writes it to the path that it is given. It is stored when that is done,
   * and nothing is left of it when that fails. Answers what \`make\` answered, and the variant's size in bytes.
   */
  makeVariant<T>(blobId: string, variant: string, make: (path: string) => Promise<T>): Promise<Made<T>>;
  dropBlob(blobId: string): Promise<void>;
  /** Ids of what lies there since before `before`, whatever the tables say of it. */
  listOld(kind: StorageKind, before: Date): AsyncIterable<string>;
  /** An address without a permission check: for public files, or for a short time. */
  variantAddress(base: string, blobId: string, variant: string, serving: Serving, expires: Date): Promise<string>;
};

type Made<T> = { made: T; bytes: number };

export type LocalFile = { path: string; dispose: () => Promise<void> };

export type StorageKind = "uploads" | "blobs";

export class PartsMissing extends Error {
  override name = "PartsMissing";
}

export class WrongSize extends Error {
  override name = "WrongSize";
}

let chosen: Storage | undefined;

/** The one that the environment names. */
export function storage(): Storage {
  const settings = env().storage;
  chosen ??= settings.type === "disk" ? createDisk(settings.directory) : createS3(settings);
  return chosen;
}
