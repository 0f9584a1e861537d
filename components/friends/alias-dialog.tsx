"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useFriendList } from "#client/friends/use-friend-list.ts";
import { useAlias } from "#client/friends/use-friend-mutations.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";
import type { Person } from "#contracts/people.ts";

export function AliasDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useTranslations("friends");
  const app = useTranslations("app");
  const { friends } = useFriendList();
  const known = friends.find((one) => one.person.id === person.id)?.alias ?? "";
  const [alias, setAlias] = useState(known);
  const { mutate, isPending } = useAlias();
  const showError = useShowError();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ personId: person.id, alias }, { onSuccess: onClose, onError: showError });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("setAlias")}
      description={t("aliasHint", { name: person.displayName })}
    >
      <form onSubmit={submit} className="flex flex-col gap-4 pt-1">
        <TextField
          label={t("alias")}
          value={alias}
          maxLength={limits.alias.max}
          onChange={(event) => setAlias(event.target.value)}
        />
        <Button type="submit" busy={isPending}>
          {app("save")}
        </Button>
      </form>
    </Dialog>
  );
}
