import type { DraftList } from "#contracts/drafts.ts";
import type { PersonEvent } from "#contracts/events.ts";

/** My drafts after my next event in order, by the ids of their conversations, as the server sorts. */
export function reduceDrafts(list: DraftList, event: PersonEvent): DraftList {
  const without = (id: string) => list.drafts.filter((known) => known.conversationId !== id);
  switch (event.type) {
    case "draft.changed": {
      const others = without(event.conversationId);
      const drafts = event.draft ? [...others, event.draft] : others;
      const sorted = drafts.toSorted((a, b) => (a.conversationId < b.conversationId ? -1 : 1));
      return { rev: event.rev, drafts: sorted };
    }
    case "conversation.removed":
      return { rev: event.rev, drafts: without(event.conversationId) };
    case "friend_request.changed":
    case "friend.changed":
    case "friend.removed":
    case "block.changed":
    case "conversation.added":
    case "read_marker.changed":
    case "conversation_settings.changed":
    case "hidden_messages.changed":
    case "starred_messages.changed":
    case "folders.changed":
    case "filed_conversation.changed":
    case "heard_voices.changed":
    case "answer.changed":
    case "scheduled_message.changed":
    case "scheduled_message.removed":
    case "join_request.changed":
    case "profile.changed":
    case "person.rev_changed":
      return { ...list, rev: event.rev };
  }
}
