"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useFindCommunity } from "#client/communities/use-community-mutations.ts";
import { CommunityPreview } from "#components/communities/community-preview.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { foldTyped } from "#contracts/typed.ts";

export function FindCommunity() {
  const t = useTranslations("communities");
  const [number, setNumber] = useState("");
  const { mutate, isPending, data, reset } = useFindCommunity();
  const showError = useShowError();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (/^[1-9][0-9]{0,9}$/.test(number.trim())) mutate(Number(number.trim()), { onError: showError });
  };
  return (
    <Card title={t("findTitle")}>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
        <div className="min-w-40 flex-1">
          <TextField
            label={t("number")}
            inputMode="numeric"
            autoComplete="off"
            value={number}
            onChange={(event) => {
              setNumber(foldTyped(event.target.value).replace(/[^0-9]/g, ""));
              reset();
            }}
          />
        </div>
        <Button type="submit" variant="secondary" busy={isPending}>
          {t("find")}
        </Button>
      </form>
      <div aria-live="polite">
        {data && !data.found ? <p className="pt-4 text-ink-soft">{t("notFound")}</p> : null}
        {data?.found ? <CommunityPreview card={data.found} /> : null}
      </div>
    </Card>
  );
}
