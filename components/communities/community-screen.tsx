"use client";

import { ArrowLeft, MessageCircle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCommunityList } from "#client/communities/use-community-list.ts";
import { CommunityDetails } from "#components/communities/community-details.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { useGonePage } from "#components/conversations/use-gone-page.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { Page } from "#components/ui/card.tsx";

export function CommunityScreen({ communityId }: { communityId: string }) {
  const t = useTranslations("communities");
  const { communities, status } = useCommunityList();
  const detail = communities.find(({ community }) => community.id === communityId);
  useGonePage(detail ? detail.community.name : status === "ready" ? undefined : null);
  return (
    <Page
      title={detail?.community.name ?? t("title")}
      action={
        detail ? (
          <Link href={conversationPath(communityId)} prefetch={false} className={buttonClass("primary")}>
            <MessageCircle aria-hidden className="size-4.5" />
            {t("open")}
          </Link>
        ) : null
      }
    >
      <p className="-mt-3">
        <Link href="/communities" className="inline-flex items-center gap-1.5 text-accent-ink hover:underline">
          <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" />
          {t("title")}
        </Link>
      </p>
      <div className="rounded-2xl border border-line bg-surface p-4 shadow-card sm:p-6">
        <CommunityDetails communityId={communityId} />
      </div>
    </Page>
  );
}
