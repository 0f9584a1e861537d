"use client";

import { useLocale, useTranslations } from "next-intl";
import { localeNames, locales } from "#client/preferences/locales.ts";
import { themes } from "#client/preferences/themes.ts";
import { useLocaleSwitch } from "#client/preferences/use-locale-switch.ts";
import { useTheme } from "#client/preferences/use-theme.ts";
import { SectionPage } from "#components/settings/section-page.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";

export function AppearanceSection() {
  const t = useTranslations("preferences");
  const { theme, setTheme } = useTheme();
  const locale = useLocale();
  const switchTo = useLocaleSwitch();
  return (
    <SectionPage title={t("title")}>
      <div className="flex flex-col gap-4">
        <RadioGroup
          label={t("theme")}
          value={theme}
          options={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
          onChange={setTheme}
        />
        <RadioGroup
          label={t("language")}
          value={locale}
          options={locales.map((value) => ({ value, label: localeNames[value] }))}
          onChange={switchTo}
        />
      </div>
    </SectionPage>
  );
}
