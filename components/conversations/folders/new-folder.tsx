"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";

type NewFolderProps = { count: number; busy: boolean; onCreate: (name: string) => Promise<void> };

/** Names a folder and adds it, while there is room for one more. */
export function NewFolder({ count, busy, onCreate }: NewFolderProps) {
  const t = useTranslations("conversations.folders");
  const [name, setName] = useState("");
  if (count >= limits.folders) return <p className="text-ink-soft text-sm">{t("full", { max: limits.folders })}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A menu or a page around the dialog is no part of the form.
    event.stopPropagation();
    if (isBlank(name) || busy) return;
    void onCreate(name).then(
      () => setName(""),
      () => {}, // said already; the name stays
    );
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          label={t("new")}
          value={name}
          maxLength={limits.folderName.max}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <Button type="submit" busy={busy}>
        {t("create")}
      </Button>
    </form>
  );
}
