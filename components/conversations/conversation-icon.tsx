import { CommunityIcon } from "#components/communities/community-icon.tsx";
import { Avatar } from "#components/people/avatar.tsx";
import type { Conversation } from "#contracts/conversations.ts";

export function ConversationIcon({ conversation, size }: { conversation: Conversation; size?: number }) {
  const { community, peer } = conversation;
  return community ? (
    <CommunityIcon community={community} size={size} />
  ) : (
    <Avatar person={peer ?? undefined} size={size} />
  );
}
