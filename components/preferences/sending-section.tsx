"use client";

import { useTranslations } from "next-intl";
import { undoChoices } from "#client/messages/undo-window.ts";
import { useUndoSeconds } from "#client/messages/use-undo.ts";
import { SectionPage } from "#components/settings/section-page.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";

/** How this device sends. */
export function SendingSection() {
  const t = useTranslations("preferences.sending");
  const [held, hold] = useUndoSeconds();
  return (
    <SectionPage title={t("title")}>
      <RadioGroup
        label={t("undo")}
        hint={t("undoHint")}
        value={String(held)}
        options={undoChoices.map((seconds) => ({ value: String(seconds), label: t("seconds", { seconds }) }))}
        onChange={(value) => hold(undoChoices.find((seconds) => String(seconds) === value) ?? 0)}
      />
    </SectionPage>
  );
}
