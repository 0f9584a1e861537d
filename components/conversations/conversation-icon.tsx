import { CommunityIcon } from "#components/communities/community-icon.tsx";
import { Avatar } from "#components/people/avatar.tsx";
import { OnlineDot } from "#components/people/online-dot.tsx";
import type { Conversation } from "#contracts/conversations.ts";

export function ConversationIcon({ conversation, size }: { conversation: Conversation; size?: number }) {
  const { community, peer } = conversation;
  return community ? (
    <CommunityIcon community={community} size={size} />
  ) : (
    <span className="relative inline-flex shrink-0">
      <Avatar person={peer ?? undefined} size={size} />
      <OnlineDot personId={peer?.id} />
    </span>
  );
}
