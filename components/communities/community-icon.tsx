import { Generated } from "#components/people/avatar.tsx";
import { emojiGround } from "#components/people/generated-art.ts";
import type { Community } from "#contracts/communities.ts";

/** Square where people are round: the emoji that the owner chose, or generated. */
export function CommunityIcon({ community, size = 44 }: { community: Community; size?: number }) {
  if (community.icon === "") {
    return <Generated id={community.id} seed={0} name={community.name} size={size} round={false} />;
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
