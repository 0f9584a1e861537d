"use client";

import { UserRound, UserRoundPlus, UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { AddFriendDialog } from "#components/friends/add-friend-dialog.tsx";
import { BlockedCard } from "#components/friends/blocked-card.tsx";
import { FriendsCard } from "#components/friends/friends-card.tsx";
import { RequestsCard } from "#components/friends/requests-card.tsx";
import { usePersonPane } from "#components/friends/use-person-pane.ts";
import { Profile } from "#components/profiles/profile-dialog.tsx";
import { ShowProfile } from "#components/profiles/show-profile.ts";
import { Button } from "#components/ui/button.tsx";
import { onEscape } from "#components/ui/on-escape.ts";
import { QueryView } from "#components/ui/query-view.tsx";
import { EmptyState } from "#components/ui/states.tsx";

/** A list, and beside it from 1024 px the card of the chosen person; below that the card opens over the list. */
export function FriendsScreen() {
  const { pane, who, choose, back } = usePersonPane();
  const t = useTranslations("friends");
  return (
    <div className="flex h-full">
      <div className="pane-scroll h-full w-full lg:w-104 lg:shrink-0 lg:border-e lg:bg-surface">
        <ShowProfile value={choose}>
          <List />
        </ShowProfile>
      </div>
      <section
        ref={pane}
        tabIndex={-1}
        aria-label={t("person")}
        onKeyDown={onEscape(back)}
        className="pane-scroll hidden h-full min-w-0 flex-1 outline-none lg:block"
      >
        {who ? (
          <div className="mx-auto w-full max-w-md p-6 pb-10">
            <Profile key={who.personId ?? who.query} who={who} />
          </div>
        ) : (
          <div className="flex h-full items-center justify-center">
            <EmptyState picture={<UserRound />} title={t("pick.title")}>
              {t("pick.hint")}
            </EmptyState>
          </div>
        )}
      </section>
    </div>
  );
}

function List() {
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
    // In the pane the groups stand on its own ground, without frames.
    <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 pb-10 sm:p-6 lg:p-5 lg:[&>section]:border-0 lg:[&>section]:p-0 lg:[&>section]:shadow-none">
      <header className="flex min-h-11 items-center justify-between gap-3">
        <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
        {status === "ready" && isEmpty ? null : add}
      </header>
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
    </div>
  );
}
