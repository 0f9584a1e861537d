import type { Folder, FolderHead } from "#contracts/folders.ts";
import type { Tx } from "#server/db/sql.ts";

export async function readFolderHeads(tx: Tx, personId: string): Promise<FolderHead[]> {
  return tx<FolderHead[]>`select id, name from folders where person_id = ${personId} order by position, id`;
}

export async function readFolders(tx: Tx, personId: string): Promise<Folder[]> {
  return tx<Folder[]>`
    select f.id, f.name, array(
      select i.conversation_id from folder_conversations i
      where i.person_id = f.person_id and i.folder_id = f.id order by i.conversation_id) as conversation_ids
    from folders f where f.person_id = ${personId} order by f.position, f.id
  `;
}

/** The folders as they are named, in this order; those that are not named are deleted, with what is in them. */
export async function writeFolders(tx: Tx, personId: string, heads: readonly FolderHead[]): Promise<void> {
  const ids = heads.map(({ id }) => id);
  await tx`delete from folders where person_id = ${personId} and id <> all(${ids}::uuid[])`;
  await tx`
    insert into folders (person_id, id, name, position)
    select ${personId}, f.id, f.name, f.position
    from unnest(${ids}::uuid[], ${heads.map(({ name }) => name)}::text[]) with ordinality as f (id, name, position)
    on conflict (person_id, id) do update set name = excluded.name, position = excluded.position
  `;
}

/** The folders that a conversation is in, rising. */
export async function readFoldersOf(tx: Tx, personId: string, conversationId: string): Promise<string[]> {
  const rows = await tx<{ folderId: string }[]>`
    select folder_id from folder_conversations where person_id = ${personId} and conversation_id = ${conversationId}
    order by folder_id
  `;
  return rows.map(({ folderId }) => folderId);
}

type Filed = { personId: string; folderId: string; conversationId: string };

export async function writeFiled(tx: Tx, { personId, folderId, conversationId }: Filed): Promise<void> {
  await tx`
    insert into folder_conversations (person_id, folder_id, conversation_id)
    values (${personId}, ${folderId}, ${conversationId})
  `;
}

export async function deleteFiled(tx: Tx, { personId, folderId, conversationId }: Filed): Promise<void> {
  await tx`
    delete from folder_conversations
    where person_id = ${personId} and folder_id = ${folderId} and conversation_id = ${conversationId}
  `;
}

/** Of a member who leaves. */
export async function deleteFromFolders(tx: Tx, personId: string, conversationId: string): Promise<void> {
  await tx`
    delete from folder_conversations where person_id = ${personId} and conversation_id = ${conversationId}
  `;
}
