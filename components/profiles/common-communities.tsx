"use client";

import { useTranslations } from "next-intl";
import { CommunityIcon } from "#components/communities/community-icon.tsx";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import type { Community } from "#contracts/communities.ts";

export type Common = {
  communities: readonly Pick<Community, "id" | "name" | "icon" | "iconId">[];
  communityCount: number;
};

/** The communities that a person and I are both in, each a way to its chat. */
export function CommonCommunities({
  communities,
  communityCount,
  onLeave,
}: Common & { onLeave?: (() => void) | undefined }) {
  const t = useTranslations("profiles");
  if (communityCount === 0) return null;
  const more = communityCount - communities.length;
  return (
    <div>
      <h3 className="mb-1 font-medium text-sm">{t("common", { count: communityCount })}</h3>
      <ul className="-mx-2">
        {communities.map((community) => (
          <li key={community.id}>
            <ChatLink
              href={conversationPath(community.id)}
              {...(onLeave ? { onGo: onLeave } : {})}
              className="tap flex items-center gap-3 rounded-xl px-2 py-1 hover:bg-hover"
            >
              <CommunityIcon community={community} size={32} />
              <bdi className="min-w-0 flex-1 truncate">{community.name}</bdi>
            </ChatLink>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-ink-soft text-sm">{t("commonMore", { count: more })}</p> : null}
    </div>
  );
}
