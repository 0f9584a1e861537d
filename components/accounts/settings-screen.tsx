"use client";

import { useTranslations } from "next-intl";
import { PasswordCard } from "#components/accounts/password-card.tsx";
import { PrivacyCard } from "#components/accounts/privacy-card.tsx";
import { ProfileCard } from "#components/accounts/profile-card.tsx";
import { SessionsCard } from "#components/accounts/sessions-card.tsx";
import { MentionedCard } from "#components/messages/mentioned/mentioned-card.tsx";
import { StarredCard } from "#components/messages/starred/starred-card.tsx";
import { AppearanceCard } from "#components/preferences/appearance-card.tsx";
import { SendingCard } from "#components/preferences/sending-card.tsx";
import { Page } from "#components/ui/card.tsx";
import { WalletCard } from "#components/wallet/wallet-card.tsx";

export function SettingsScreen() {
  const t = useTranslations("settings");
  return (
    <Page title={t("title")}>
      <ProfileCard />
      <WalletCard />
      <StarredCard />
      <MentionedCard />
      <AppearanceCard />
      <SendingCard />
      <PrivacyCard />
      <PasswordCard />
      <SessionsCard />
    </Page>
  );
}
