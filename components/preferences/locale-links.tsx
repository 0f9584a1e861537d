"use client";

import { useLocale } from "next-intl";
import { localeNames, locales } from "#client/preferences/locales.ts";
import { useLocaleSwitch } from "#client/preferences/use-locale-switch.ts";

/** Each language by its own name, so that it can be found from any other language. */
export function LocaleLinks() {
  const current = useLocale();
  const switchTo = useLocaleSwitch();
  return (
    <div className="flex gap-1 text-sm">
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          onClick={() => switchTo(locale)}
          className="tap rounded-xl px-3 text-ink-soft hover:bg-hover hover:text-ink aria-pressed:font-semibold aria-pressed:text-ink"
        >
          {localeNames[locale]}
        </button>
      ))}
    </div>
  );
}
