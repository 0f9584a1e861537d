import type { FileStatus } from "#contracts/media.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readFilesOf } from "#server/media/store.ts";
import { toStatus } from "#server/media/view.ts";

/** How far these files of mine are. Whatever is not mine is not in the answer. */
export async function filesStatus(me: Me, fileIds: readonly string[]): Promise<{ files: FileStatus[] }> {
  return { files: (await readFilesOf(sql(), me.personId, fileIds)).map(toStatus) };
}
