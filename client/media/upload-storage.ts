import { createStore, del, entries, set } from "idb-keyval";
import type { Purpose } from "#contracts/media.ts";

/** What a reload needs to go on with an upload. */
export type StoredUpload = {
  fileId: string;
  /** What the server makes `fileId` of. */
  clientId: string;
  ownerId: string;
  file: Blob;
  name: string;
  purpose: Purpose;
  at: number;
};

/** A tab that was closed does not come back for its files. */
const maxAgeMs = 24 * 60 * 60 * 1_000;

let opened: ReturnType<typeof createStore> | undefined;
const store = () => {
  opened ??= createStore("imchat-uploads", "files");
  return opened;
};

/** Storage may be full or forbidden: then the upload lives as long as the tab, which is said by nobody and costs little. */
const ignoreErrors = async (work: () => Promise<unknown>): Promise<void> => {
  // Called in here, because a browser without storage throws before there is a promise.
  try {
    await work();
  } catch {}
};

export const storeUpload = (kept: StoredUpload): Promise<void> => ignoreErrors(() => set(kept.fileId, kept, store()));
export const deleteUpload = (fileId: string): Promise<void> => ignoreErrors(() => del(fileId, store()));

/** The files of this person that are still wanted; whatever is too old goes. */
export async function storedUploads(ownerId: string, now = Date.now()): Promise<StoredUpload[]> {
  try {
    const all = await entries<string, StoredUpload>(store());
    const old = all.filter(([, kept]) => now - kept.at > maxAgeMs);
    await Promise.all(old.map(([fileId]) => deleteUpload(fileId)));
    return all.map(([, kept]) => kept).filter((kept) => kept.ownerId === ownerId && now - kept.at <= maxAgeMs);
  } catch {
    return [];
  }
}

/** Whoever signs out leaves nothing readable behind. */
export async function clearUploads(): Promise<void> {
  const all = await entries<string, StoredUpload>(store()).catch(() => []);
  await Promise.all(all.map(([fileId]) => deleteUpload(fileId)));
}
