import type { PersonEvent } from "#contracts/events.ts";
import type { Folder, FolderList } from "#contracts/folders.ts";

/** My folders after my next event in order. */
export function reduceFolders(list: FolderList, event: PersonEvent): FolderList {
  const now = { ...list, rev: event.rev };
  switch (event.type) {
    case "folders.changed": {
      const held = new Map(list.folders.map(({ id, conversationIds }) => [id, conversationIds]));
      return { ...now, folders: event.folders.map((head) => ({ ...head, conversationIds: held.get(head.id) ?? [] })) };
    }
    case "filed_conversation.changed":
      return { ...now, folders: list.folders.map((one) => filed(one, event.conversationId, event.folderIds)) };
    case "conversation.removed":
      return { ...now, folders: list.folders.map((one) => filed(one, event.conversationId, [])) };
    case "friend_request.changed":
    case "friend.changed":
    case "friend.removed":
    case "block.changed":
    case "conversation.added":
    case "read_marker.changed":
    case "conversation_settings.changed":
    case "hidden_messages.changed":
    case "starred_messages.changed":
    case "heard_voices.changed":
    case "answer.changed":
    case "draft.changed":
    case "scheduled_message.changed":
    case "scheduled_message.removed":
    case "join_request.changed":
    case "profile.changed":
    case "person.rev_changed":
      return now;
  }
}

/** A folder, with the conversation in it when it is one of these. */
function filed(folder: Folder, conversationId: string, folderIds: readonly string[]): Folder {
  const inside = folderIds.includes(folder.id);
  if (folder.conversationIds.includes(conversationId) === inside) return folder;
  const others = folder.conversationIds.filter((id) => id !== conversationId);
  return { ...folder, conversationIds: inside ? [...others, conversationId].sort() : others };
}
