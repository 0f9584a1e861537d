"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { useAlias } from "#client/friends/use-friend-mutations.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { onEscape } from "#components/ui/on-escape.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Friend } from "#contracts/friends.ts";
import { limits } from "#contracts/limits.ts";

/** A friend's name, which I change for myself where it stands. */
export function AliasLine({ friend: { person, alias } }: { friend: Friend }) {
  const t = useTranslations("friends");
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    // The button is there again when the form is gone.
    requestAnimationFrame(() => pencil.current?.focus());
  };
  if (editing) return <AliasForm personId={person.id} name={person.displayName} known={alias} onDone={close} />;
  return (
    <>
      <div className="mt-2 flex max-w-full items-center justify-center gap-1 ps-10">
        <h2 className="min-w-0 font-semibold text-lg">
          <bdi>{alias || person.displayName}</bdi>
        </h2>
        <IconButton ref={pencil} label={t("setAlias")} onClick={() => setEditing(true)}>
          <Pencil aria-hidden className="size-4!" />
        </IconButton>
      </div>
      {alias ? <p className="max-w-full truncate text-ink-soft text-sm">{person.displayName}</p> : null}
    </>
  );
}

type AliasFormProps = { personId: string; name: string; known: string; onDone: () => void };

function AliasForm({ personId, name, known, onDone }: AliasFormProps) {
  const t = useTranslations("friends");
  const app = useTranslations("app");
  const [alias, setAlias] = useState(known);
  const { mutateAsync, isPending } = useAlias();
  const showError = useShowError();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutateAsync({ personId, alias }).then(onDone, showError);
  };
  return (
    <form onSubmit={submit} onKeyDown={onEscape(onDone)} className="mt-2 flex w-full flex-col gap-2 text-start">
      <TextField
        label={t("alias")}
        hint={t("aliasHint", { name })}
        value={alias}
        autoFocus
        maxLength={limits.alias.max}
        onChange={(event) => setAlias(event.target.value)}
      />
      <div className="flex justify-end gap-2">
        <Button variant="secondary" onClick={onDone}>
          {app("cancel")}
        </Button>
        <Button type="submit" busy={isPending}>
          {app("save")}
        </Button>
      </div>
    </form>
  );
}
