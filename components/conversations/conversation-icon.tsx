import { NotebookPen } from "lucide-react";
import { CommunityIcon } from "#components/communities/community-icon.tsx";
import { Avatar } from "#components/people/avatar.tsx";
import { OnlineDot } from "#components/people/online-dot.tsx";
import type { Conversation } from "#contracts/conversations.ts";

export function ConversationIcon({ conversation, size = 44 }: { conversation: Conversation; size?: number }) {
  const { kind, community, peer } = conversation;
  if (kind === "notes") return <NotesIcon size={size} />;
  return community ? (
    <CommunityIcon community={community} size={size} />
  ) : (
    <span className="relative inline-flex shrink-0">
      <Avatar person={peer ?? undefined} size={size} />
      <OnlineDot personId={peer?.id} />
    </span>
  );
}

function NotesIcon({ size }: { size: number }) {
  return (
    <span
      aria-hidden
      className="inline-flex shrink-0 items-center justify-center rounded-full bg-accent text-on-accent"
      style={{ width: size, height: size }}
    >
      <NotebookPen size={size * 0.48} />
    </span>
  );
}
