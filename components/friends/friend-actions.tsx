"use client";

import { Ban, Pencil, UserRoundMinus, UserRoundPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { useUnblock } from "#client/friends/use-friend-mutations.ts";
import { type FriendDialogName, FriendDialogs } from "#components/friends/friend-dialogs.tsx";
import { RequestDialog } from "#components/friends/request-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Person } from "#contracts/people.ts";

/** The actions on a friend, as buttons in the conversation details. */
export function FriendActions({ person }: { person: Person }) {
  const t = useTranslations("friends");
  const { friends, blocked, status } = useFriendList();
  const [dialog, setDialog] = useState<FriendDialogName | "request" | null>(null);
  const unblock = useUnblock();
  const showError = useShowError();
  if (status !== "ready") return null;
  const isFriend = friends.some((one) => one.person.id === person.id);
  const isBlocked = blocked.some(({ id }) => id === person.id);
  return (
    <div className="flex flex-col gap-2">
      {isFriend ? (
        <Button variant="secondary" onClick={() => setDialog("alias")}>
          <Pencil aria-hidden className="size-4" />
          {t("setAlias")}
        </Button>
      ) : null}
      {isFriend || isBlocked ? null : (
        <Button onClick={() => setDialog("request")}>
          <UserRoundPlus aria-hidden className="size-4" />
          {t("add")}
        </Button>
      )}
      {isFriend ? (
        <Button variant="dangerSecondary" onClick={() => setDialog("remove")}>
          <UserRoundMinus aria-hidden className="size-4" />
          {t("remove")}
        </Button>
      ) : null}
      {isBlocked ? (
        <Button
          variant="secondary"
          busy={unblock.isPending}
          onClick={() => unblock.mutate({ personId: person.id }, { onError: showError })}
        >
          {t("unblock")}
        </Button>
      ) : (
        <Button variant="dangerSecondary" onClick={() => setDialog("block")}>
          <Ban aria-hidden className="size-4" />
          {t("block")}
        </Button>
      )}
      <FriendDialogs person={person} open={dialog === "request" ? null : dialog} onClose={() => setDialog(null)} />
      {dialog === "request" ? <RequestDialog person={person} onClose={() => setDialog(null)} /> : null}
    </div>
  );
}
