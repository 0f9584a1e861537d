"use client";

import { Plus, UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCommunityList } from "#client/communities/use-community-list.ts";
import { CreateCommunityDialog } from "#components/communities/create-community-dialog.tsx";
import { FindCommunity } from "#components/communities/find-community.tsx";
import { JoinRequestsCard } from "#components/communities/join-requests-card.tsx";
import { MyCommunitiesCard } from "#components/communities/my-communities-card.tsx";
import { Button } from "#components/ui/button.tsx";
import { Page } from "#components/ui/card.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { EmptyState } from "#components/ui/states.tsx";

export function CommunitiesScreen() {
  const t = useTranslations("communities");
  const { communities, requests, status, retry } = useCommunityList();
  const [creating, setCreating] = useState(false);
  const create = (
    <Button onClick={() => setCreating(true)}>
      <Plus aria-hidden className="size-4.5" />
      {t("create")}
    </Button>
  );
  const none = communities.length === 0;
  return (
    <Page title={t("title")} action={status === "ready" && none ? null : create}>
      <QueryView status={status} retry={retry}>
        {none ? (
          <EmptyState picture={<UsersRound />} title={t("empty.title")} action={create}>
            {t("empty.hint")}
          </EmptyState>
        ) : null}
        <JoinRequestsCard requests={requests} />
        {none ? null : <MyCommunitiesCard communities={communities} />}
        <FindCommunity />
      </QueryView>
      <CreateCommunityDialog open={creating} onOpenChange={setCreating} />
    </Page>
  );
}
