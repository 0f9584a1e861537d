import { AvatarImage, GeneratedAvatar } from "#components/people/avatar.tsx";
import { emojiGround } from "#components/people/generated-art.ts";
import type { Community } from "#contracts/communities.ts";

type Faced = Pick<Community, "id" | "name" | "icon" | "iconId">;

/** Square where people are round: the picture or the emoji that the owner chose, or generated. */
export function CommunityIcon({ community, size = 44 }: { community: Faced; size?: number }) {
  if (community.iconId) {
    return (
      <span aria-hidden className="relative inline-flex shrink-0">
        <GeneratedAvatar id={community.id} seed={0} name={community.name} size={size} round={false} />
        <AvatarImage fileId={community.iconId} size={size} round={false} />
      </span>
    );
  }
  if (community.icon === "") {
    return <GeneratedAvatar id={community.id} seed={0} name={community.name} size={size} round={false} />;
  }
  return (
    <span
      aria-hidden
      className="inline-flex shrink-0 select-none items-center justify-center overflow-hidden leading-none"
      style={{
        background: emojiGround(community.id),
        width: size,
        height: size,
        borderRadius: size * 0.28,
        fontSize: Math.round(size * 0.52),
      }}
    >
      {community.icon}
    </span>
  );
}
