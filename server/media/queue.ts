import type { Tx } from "#server/db/sql.ts";
import { addJob } from "#server/jobs/add-job.ts";
import type { FileRow } from "#server/media/store.ts";

/** Small files are processed before large ones: people wait for a picture to appear, but not for a long film. */
const smallBytes = 4 * 1024 * 1024;
export const isLarge = (bytes: number): boolean => bytes > smallBytes;

/** The job that looks into this file. One of a person at a time, so that many files hold up no other person's. */
export async function enqueueProcessing(tx: Tx, { id, ownerId }: FileRow, large: boolean): Promise<void> {
  const [key, queue] = [`media:process ${id}`, `media of ${ownerId}`];
  await addJob(tx, "media:process", { fileId: id, large }, { key, queue, priority: large ? 1 : 0 });
}
