import type { PersonEvent } from "#contracts/events.ts";
import type { FriendList } from "#contracts/friends.ts";

/** The friend list after the person's next event in order. Newest first, as the server sorts. */
export function reduceContacts(list: FriendList, event: PersonEvent): FriendList {
  const now = { ...list, rev: event.rev };
  switch (event.type) {
    case "friend_request.changed": {
      const { request } = event;
      const others = now.requests.filter(
        (known) => known.person.id !== request.person.id || known.direction !== request.direction,
      );
      return { ...now, requests: request.status === "pending" ? [request, ...others] : others };
    }
    case "friend.changed": {
      const { friend } = event;
      const others = now.friends.filter((known) => known.person.id !== friend.person.id);
      const friends = [...others, friend].toSorted(
        (a, b) => b.since.localeCompare(a.since) || a.person.id.localeCompare(b.person.id),
      );
      return { ...now, friends };
    }
    case "friend.removed":
      return { ...now, friends: now.friends.filter((known) => known.person.id !== event.personId) };
    case "block.changed": {
      const others = now.blocked.filter((known) => known.id !== event.person.id);
      return { ...now, blocked: event.blocked ? [event.person, ...others] : others };
    }
    case "conversation.added":
    case "conversation.removed":
    case "read_marker.changed":
    case "conversation_settings.changed":
    case "hidden_messages.changed":
    case "starred_messages.changed":
    case "folders.changed":
    case "filed_conversation.changed":
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
