"use client";

import { MessageCircle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CommunityRow } from "#components/communities/community-row.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import type { CommunityDetail } from "#contracts/communities.ts";

export function MyCommunitiesCard({ communities }: { communities: CommunityDetail[] }) {
  const t = useTranslations("communities");
  return (
    <Card title={t("mine")} count={communities.length}>
      <ul className="divide-y">
        {communities.map(({ community, memberCount, closedAt }) => (
          <li key={community.id}>
            <CommunityRow
              community={community}
              note={closedAt === null ? t("members", { count: memberCount }) : t("dissolved")}
            >
              <Link href={conversationPath(community.id)} prefetch={false} className={buttonClass("ghost")}>
                <MessageCircle aria-hidden className="size-4.5" />
                {t("open")}
              </Link>
              <Link
                href={`/communities/${community.id}`}
                prefetch={false}
                aria-label={t("aboutOf", { name: community.name })}
                className={buttonClass("secondary")}
              >
                {t("about")}
              </Link>
            </CommunityRow>
          </li>
        ))}
      </ul>
    </Card>
  );
}
