import { AtSign, KeyRound, type LucideIcon, Palette, Send, ShieldCheck, Star, UserRound, Wallet } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentType } from "react";
import { PrivacySection } from "#components/accounts/privacy-section.tsx";
import { ProfileSection } from "#components/accounts/profile-section.tsx";
import { SecuritySection } from "#components/accounts/security-section.tsx";
import { MentionedSection } from "#components/messages/mentioned/mentioned-section.tsx";
import { StarredSection } from "#components/messages/starred/starred-section.tsx";
import { AppearanceSection } from "#components/preferences/appearance-section.tsx";
import { SendingSection } from "#components/preferences/sending-section.tsx";
import type { SettingsSection } from "#components/settings/settings-route.ts";
import { WalletSection } from "#components/wallet/wallet-section.tsx";

/** What each section shows, and its picture in the list. */
export const sectionViews: Record<SettingsSection, { View: ComponentType; Icon: LucideIcon }> = {
  profile: { View: ProfileSection, Icon: UserRound },
  wallet: { View: WalletSection, Icon: Wallet },
  starred: { View: StarredSection, Icon: Star },
  mentions: { View: MentionedSection, Icon: AtSign },
  appearance: { View: AppearanceSection, Icon: Palette },
  sending: { View: SendingSection, Icon: Send },
  privacy: { View: PrivacySection, Icon: ShieldCheck },
  security: { View: SecuritySection, Icon: KeyRound },
};

/** The title of a section, which is its name in the list. */
export function useSectionTitle(): (section: SettingsSection) => string {
  const t = useTranslations();
  return (section) =>
    ({
      profile: t("accounts.profile.title"),
      wallet: t("wallet.title"),
      starred: t("starred.title"),
      mentions: t("mentioned.title"),
      appearance: t("preferences.title"),
      sending: t("preferences.sending.title"),
      privacy: t("accounts.privacy.title"),
      security: t("settings.security"),
    })[section];
}
