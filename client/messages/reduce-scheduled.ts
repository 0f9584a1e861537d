import type { PersonEvent } from "#contracts/events.ts";
import type { ScheduledList } from "#contracts/messages/schedule.ts";

/** My scheduled messages after my next event in order; the next one first, as the server sorts. */
export function reduceScheduled(list: ScheduledList, event: PersonEvent): ScheduledList {
  const without = (clientId: string) => list.messages.filter((known) => known.clientId !== clientId);
  switch (event.type) {
    case "scheduled_message.changed": {
      const messages = [...without(event.message.clientId), event.message].toSorted(
        (a, b) => a.sendAt.localeCompare(b.sendAt) || a.clientId.localeCompare(b.clientId),
      );
      return { rev: event.rev, messages };
    }
    case "scheduled_message.removed":
      return { rev: event.rev, messages: without(event.clientId) };
    case "friend_request.changed":
    case "friend.changed":
    case "friend.removed":
    case "block.changed":
    case "conversation.added":
    case "conversation.removed":
    case "read_marker.changed":
    case "conversation_settings.changed":
    case "hidden_messages.changed":
    case "folders.changed":
    case "filed_conversation.changed":
    case "heard_voices.changed":
    case "answer.changed":
    case "draft.changed":
    case "starred_messages.changed":
    case "join_request.changed":
    case "profile.changed":
    case "person.rev_changed":
      return { ...list, rev: event.rev };
  }
}
