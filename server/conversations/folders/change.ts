import { isDeepStrictEqual } from "node:util";
import type { FolderHead, FolderNameInput, FolderOrderInput, FolderRef, FoldersOutput } from "#contracts/folders.ts";
import { limits } from "#contracts/limits.ts";
import { readFolderHeads, writeFolders } from "#server/conversations/folders/store.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/** Adds a folder behind the others; the same `folderId` again changes nothing. Refuses `folders_limit_reached`. */
export const createFolder = (me: Me, { folderId, name }: FolderNameInput): Promise<FoldersOutput> =>
  change(me, (heads) => {
    if (heads.some(({ id }) => id === folderId)) return heads;
    if (heads.length >= limits.folders) throw new Refusal("folders_limit_reached");
    return [...heads, { id: folderId, name }];
  });

/** Gives a folder of mine another name. Refuses `not_found`. */
export const renameFolder = (me: Me, { folderId, name }: FolderNameInput): Promise<FoldersOutput> =>
  change(me, (heads) => {
    if (!heads.some(({ id }) => id === folderId)) throw new Refusal("not_found");
    return heads.map((head) => (head.id === folderId ? { ...head, name } : head));
  });

/** Deletes a folder of mine, not what is in it; repeating is harmless. */
export const deleteFolder = (me: Me, { folderId }: FolderRef): Promise<FoldersOutput> =>
  change(me, (heads) => heads.filter(({ id }) => id !== folderId));

/** Puts my folders in this order. A folder that another device has added or deleted meanwhile is no reason to refuse. */
export const orderFolders = (me: Me, { folderIds }: FolderOrderInput): Promise<FoldersOutput> =>
  change(me, (heads) => {
    const named = [...new Set(folderIds)].flatMap((id) => heads.filter((head) => head.id === id));
    return [...named, ...heads.filter((head) => !named.includes(head))];
  });

/** Refuses `rate_limited`. */
async function change(me: Me, decide: (heads: FolderHead[]) => FolderHead[]): Promise<FoldersOutput> {
  await consumeRateLimit(`folders:${me.personId}`, rates.mark);
  return transaction(async (tx) => {
    // My devices wait for each other here, so the limit and the order hold for all of them together.
    const people = await beginPeopleChanges(tx, [me.personId]);
    const before = await readFolderHeads(tx, me.personId);
    const folders = decide([...before]);
    if (!isDeepStrictEqual(folders, [...before])) {
      await writeFolders(tx, me.personId, folders);
      publishToPerson(people, me.personId, { type: "folders.changed", folders });
      await commitPeopleChanges(tx, people);
    }
    return { rev: people.revs.get(me.personId) ?? 0, folders };
  });
}
