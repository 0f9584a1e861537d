"use client";

import { useTranslations } from "next-intl";
import { rightsOf } from "#client/communities/rights.ts";
import { useCommunityList } from "#client/communities/use-community-list.ts";
import { BannedList } from "#components/communities/banned-list.tsx";
import { CommunityIcon } from "#components/communities/community-icon.tsx";
import { InviteButton } from "#components/communities/invite-button.tsx";
import { InvitesCard } from "#components/communities/invites/invites-card.tsx";
import { JoinRequestsCard } from "#components/communities/join-requests-card.tsx";
import { MemberList } from "#components/communities/member-list.tsx";
import { MembershipActions } from "#components/communities/membership-actions.tsx";
import { ModerationSection } from "#components/communities/moderation-section.tsx";
import { MediaLink } from "#components/conversations/media/media-link.tsx";
import { DescriptionItem, DescriptionList } from "#components/people/description-list.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import type { CommunityDetail } from "#contracts/communities.ts";

/** A community as its members see it: on its own page and beside its conversation. */
export function CommunityDetails({ communityId }: { communityId: string }) {
  const t = useTranslations("communities");
  const { communities, requests, status, retry } = useCommunityList();
  const detail = communities.find(({ community }) => community.id === communityId);
  if (status !== "ready") return <QueryView status={status} retry={retry} />;
  if (!detail) return <p className="py-8 text-center text-ink-soft">{t("notMember")}</p>;
  const { may } = rightsOf(detail);
  return (
    <div className="flex flex-col gap-5">
      <Portrait detail={detail} />
      <MediaLink conversationId={communityId} />
      <JoinRequestsCard
        requests={requests.filter(
          ({ community, direction }) => direction === "received" && community.id === communityId,
        )}
      />
      {detail.mayInvite ? (
        <>
          <InvitesCard community={detail.community} />
          <InviteButton community={detail.community} />
        </>
      ) : null}
      <MemberList detail={detail} />
      {may("ban") ? <BannedList communityId={communityId} /> : null}
      <ModerationSection detail={detail} />
      <MembershipActions detail={detail} />
    </div>
  );
}

function Portrait({ detail: { community, memberCount, closedAt } }: { detail: CommunityDetail }) {
  const t = useTranslations("communities");
  return (
    <>
      <div className="flex flex-col items-center gap-1 text-center">
        <CommunityIcon community={community} size={88} />
        <h2 className="mt-2 max-w-full font-semibold text-lg">
          <bdi>{community.name}</bdi>
        </h2>
        <p className="text-ink-soft text-sm">
          {closedAt === null ? t("members", { count: memberCount }) : t("dissolved")}
        </p>
        {community.description ? (
          <p className="whitespace-pre-wrap text-pretty text-ink-soft" dir="auto">
            {community.description}
          </p>
        ) : null}
      </div>
      <DescriptionList>
        <DescriptionItem label={t("number")} value={String(community.number)} copy />
        <DescriptionItem label={t("category")} value={t(`categories.${community.category}`)} />
        <DescriptionItem label={t("joinPolicy")} value={t(`policies.${community.joinPolicy}`)} />
      </DescriptionList>
    </>
  );
}
