import type { FolderList } from "#contracts/folders.ts";
import { readFolders } from "#server/conversations/folders/store.ts";
import { readPersonRev } from "#server/conversations/store.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";

/** My folders in my order, with what is in them and my rev, from one snapshot. */
export async function listFolders(me: Me): Promise<FolderList> {
  return snapshot(async (tx) => ({
    rev: await readPersonRev(tx, me.personId),
    folders: await readFolders(tx, me.personId),
  }));
}
