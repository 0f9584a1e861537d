"use client";

import { useTranslations } from "next-intl";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import { useBlock, useRemoveFriend } from "#client/friends/use-friend-mutations.ts";
import { AliasDialog } from "#components/friends/alias-dialog.tsx";
import { Confirm } from "#components/ui/dialog.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Person } from "#contracts/people.ts";

export type FriendDialogName = "alias" | "remove" | "block";
type FriendDialogsProps = { person: Person; open: FriendDialogName | null; onClose: () => void };

/** The questions behind the actions on a person; one of them is open, or none. */
export function FriendDialogs({ person, open, onClose }: FriendDialogsProps) {
  const t = useTranslations("friends");
  const name = useDisplayName()(person);
  const remove = useRemoveFriend();
  const block = useBlock();
  const showError = useShowError();
  return (
    <>
      {open === "alias" ? <AliasDialog person={person} onClose={onClose} /> : null}
      <Confirm
        open={open === "remove"}
        onOpenChange={onClose}
        title={t("removeTitle", { name })}
        description={t("removeHint")}
        action={t("remove")}
        onConfirm={() => remove.mutate({ personId: person.id }, { onError: showError })}
      />
      <Confirm
        open={open === "block"}
        onOpenChange={onClose}
        title={t("blockTitle", { name })}
        description={t("blockHint")}
        action={t("block")}
        onConfirm={() => block.mutate({ personId: person.id }, { onError: showError })}
      />
    </>
  );
}
