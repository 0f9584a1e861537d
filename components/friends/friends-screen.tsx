"use client";

import { UserRoundPlus, UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { AddFriendDialog } from "#components/friends/add-friend-dialog.tsx";
import { BlockedCard } from "#components/friends/blocked-card.tsx";
import { FriendsCard } from "#components/friends/friends-card.tsx";
import { RequestsCard } from "#components/friends/requests-card.tsx";
import { Button } from "#components/ui/button.tsx";
import { Page } from "#components/ui/card.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { EmptyState } from "#components/ui/states.tsx";

export function FriendsScreen() {
  const t = useTranslations("friends");
  const { friends, requests, blocked, status, retry } = useFriendList();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button onClick={() => setAdding(true)}>
      <UserRoundPlus aria-hidden className="size-4.5" />
      {t("add")}
    </Button>
  );
  const isEmpty = friends.length === 0 && requests.length === 0;
  return (
    <Page title={t("title")} action={status === "ready" && isEmpty ? null : add}>
      <QueryView status={status} retry={retry}>
        {isEmpty ? (
          <EmptyState picture={<UsersRound />} title={t("empty.title")} action={add}>
            {t("empty.hint")}
          </EmptyState>
        ) : null}
        {requests.length > 0 ? <RequestsCard requests={requests} /> : null}
        {friends.length > 0 ? <FriendsCard friends={friends} /> : null}
        {blocked.length > 0 ? <BlockedCard blocked={blocked} /> : null}
      </QueryView>
      <AddFriendDialog open={adding} onOpenChange={setAdding} />
    </Page>
  );
}
