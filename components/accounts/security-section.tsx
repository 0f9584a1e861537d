"use client";

import { useTranslations } from "next-intl";
import { PasswordCard } from "#components/accounts/password-card.tsx";
import { SessionsCard } from "#components/accounts/sessions-card.tsx";
import { SectionPage } from "#components/settings/section-page.tsx";

/** Who may act in my name: the password, and where I am signed in. */
export function SecuritySection() {
  const t = useTranslations("settings");
  return (
    <SectionPage title={t("security")}>
      <PasswordCard />
      <SessionsCard />
    </SectionPage>
  );
}
