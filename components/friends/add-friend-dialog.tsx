"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useFindPerson } from "#client/friends/use-friend-mutations.ts";
import { FoundPerson } from "#components/friends/found-person.tsx";
import { MyCodeButton } from "#components/qr/my-code-button.tsx";
import { ScanButton } from "#components/qr/scan-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";

export function AddFriendDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("friends");
  const me = useMe();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("add")}
      description={t("findMine", { number: me.number, handle: me.handle })}
    >
      <Finding onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Finding({ onDone }: { onDone: () => void }) {
  const t = useTranslations("friends");
  const [query, setQuery] = useState("");
  const { mutate, isPending, data, reset } = useFindPerson();
  const showError = useShowError();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (query.trim() !== "") mutate(query.trim(), { onError: showError });
  };
  return (
    <div className="flex flex-col gap-4 pt-1">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <TextField
          label={t("query")}
          hint={t("queryHint")}
          type="search"
          value={query}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.target.value);
            reset();
          }}
        />
        <Button type="submit" variant={data?.found ? "secondary" : "primary"} busy={isPending}>
          {t("find")}
        </Button>
      </form>
      <div className="flex flex-wrap gap-2">
        <ScanButton className="flex-1 whitespace-nowrap px-2!" onFound={onDone} />
        <MyCodeButton className="flex-1 whitespace-nowrap px-2!" />
      </div>
      <div aria-live="polite">
        {data && !data.found ? <p className="py-2 text-center text-ink-soft">{t("notFound")}</p> : null}
        {data?.found ? <FoundPerson found={data.found} onDone={onDone} /> : null}
      </div>
    </div>
  );
}
