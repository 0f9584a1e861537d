import type { FolderFileInput, FolderFileOutput } from "#contracts/folders.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { deleteFiled, readFolderHeads, readFoldersOf, writeFiled } from "#server/conversations/folders/store.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Puts a conversation of mine into a folder, or takes it out; repeating is harmless. Refuses `not_found` for a
 * conversation that I am not in and a folder that is not mine, and `rate_limited`.
 */
export async function fileConversation(
  me: Me,
  { folderId, conversationId, inside }: FolderFileInput,
): Promise<FolderFileOutput> {
  await consumeRateLimit(`folders:${me.personId}`, rates.mark);
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    await authorizeMember(tx, me, conversationId);
    const heads = await readFolderHeads(tx, me.personId);
    if (!heads.some(({ id }) => id === folderId)) throw new Refusal("not_found");
    const before = await readFoldersOf(tx, me.personId, conversationId);
    const answer = (folderIds: string[]) => ({ rev: people.revs.get(me.personId) ?? 0, folderIds });
    if (before.includes(folderId) === inside) return answer(before);
    const filed = { personId: me.personId, folderId, conversationId };
    await (inside ? writeFiled(tx, filed) : deleteFiled(tx, filed));
    const folderIds = await readFoldersOf(tx, me.personId, conversationId);
    publishToPerson(people, me.personId, { type: "filed_conversation.changed", conversationId, folderIds });
    await commitPeopleChanges(tx, people);
    return answer(folderIds);
  });
}
