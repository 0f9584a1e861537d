import { createStore, del, entries, set } from "idb-keyval";
import type { Purpose } from "#contracts/media.ts";

/** What is needed to resume an upload after a reload. */
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

/** Older entries belong to closed tabs and are deleted. */
const maxAgeMs = 24 * 60 * 60 * 1_000;

let opened: ReturnType<typeof createStore> | undefined;
const store = () => {
  opened ??= createStore("imchat-uploads", "files");
  return opened;
};

/** Storage may be full or forbidden: then the upload lasts only as long as the tab. */
const ignoreErrors = async (work: () => Promise<unknown>): Promise<void> => {
  // Called in here, because a browser without storage throws before there is a promise.
  try {
    await work();
  } catch {}
};

export const storeUpload = (kept: StoredUpload): Promise<void> => ignoreErrors(() => set(kept.fileId, kept, store()));
export const deleteUpload = (fileId: string): Promise<void> => ignoreErrors(() => del(fileId, store()));

/** This person's stored uploads; deletes those that are too old. */
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

/** Called at sign-out: nothing readable may stay in this browser. */
export async function clearUploads(): Promise<void> {
  const all = await entries<string, StoredUpload>(store()).catch(() => []);
  await Promise.all(all.map(([fileId]) => deleteUpload(fileId)));
}
