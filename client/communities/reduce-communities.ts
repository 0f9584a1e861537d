import type { CommunityList, MemberList } from "#contracts/communities.ts";
import type { ConversationEvent, PersonEvent } from "#contracts/events.ts";

/** The requests to join after the person's next event in order. */
export function reduceCommunities(list: CommunityList, event: PersonEvent): CommunityList {
  const now = { ...list, rev: event.rev };
  switch (event.type) {
    case "join_request.changed": {
      const { request } = event;
      const others = now.requests.filter(
        (known) => known.person.id !== request.person.id || known.community.id !== request.community.id,
      );
      return { ...now, requests: request.status === "pending" ? [request, ...others] : others };
    }
    case "conversation.removed":
      return { ...now, communities: now.communities.filter((known) => known.community.id !== event.conversationId) };
    case "conversation.added":
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
    case "friend_request.changed":
    case "friend.changed":
    case "friend.removed":
    case "block.changed":
    case "profile.changed":
    case "person.rev_changed":
      return now;
  }
}

const ranks = ["owner", "admin", "member"];

/** The member list after the community's next event in order. The owner first, then admins, each by arrival. */
export function reduceMembers(list: MemberList, event: ConversationEvent): MemberList {
  const now = { ...list, rev: event.rev };
  switch (event.type) {
    case "member.changed": {
      const { member } = event;
      const others = now.members.filter((known) => known.personId !== member.personId);
      if (member.leftAt) return { ...now, members: others };
      const members = [...others, member].toSorted(
        (a, b) =>
          ranks.indexOf(a.role) - ranks.indexOf(b.role) ||
          a.joinedAt.localeCompare(b.joinedAt) ||
          a.personId.localeCompare(b.personId),
      );
      return { ...now, members };
    }
    case "message.sent":
    case "message.changed":
    case "conversation.changed":
    case "conversation.rev_changed":
      return now;
  }
}
