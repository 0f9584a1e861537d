"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useRequestFriend } from "#client/friends/use-friend-mutations.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";
import type { Person } from "#contracts/people.ts";

export function RequestForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const t = useTranslations("friends");
  const [note, setNote] = useState("");
  const { mutate, isPending } = useRequestFriend();
  const showError = useShowError();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate(
      { personId: person.id, note },
      {
        onSuccess: ({ outcome }) => {
          toast.success(t(`outcome.${outcome}`, { name: person.displayName }));
          onDone();
        },
        onError: showError,
      },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t("note")}
        hint={t("noteHint")}
        value={note}
        maxLength={limits.requestNote.max}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="submit" busy={isPending}>
        {t("sendRequest")}
      </Button>
    </form>
  );
}
