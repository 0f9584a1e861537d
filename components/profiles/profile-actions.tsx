"use client";

import { Ban, UserRoundMinus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Relation } from "#client/people/use-profile.ts";
import { type FriendDialogName, FriendDialogs } from "#components/friends/friend-dialogs.tsx";
import { Button } from "#components/ui/button.tsx";
import type { Person } from "#contracts/people.ts";

/** What ends something, each behind a question. */
export function ProfileActions({ person, relation }: { person: Person; relation: Relation }) {
  const t = useTranslations("friends");
  const [dialog, setDialog] = useState<FriendDialogName | null>(null);
  if (relation === "self" || relation === "blocked") return null;
  return (
    <div className="flex flex-col gap-2">
      {relation === "friend" ? (
        <Button variant="dangerSecondary" onClick={() => setDialog("remove")}>
          <UserRoundMinus aria-hidden className="size-4" />
          {t("remove")}
        </Button>
      ) : null}
      <Button variant="dangerSecondary" onClick={() => setDialog("block")}>
        <Ban aria-hidden className="size-4" />
        {t("block")}
      </Button>
      <FriendDialogs person={person} open={dialog} onClose={() => setDialog(null)} />
    </div>
  );
}
