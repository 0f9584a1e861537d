import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { isLocale, type Locale, localeCookie, localeFromHeader } from "#client/preferences/locales.ts";
import type en from "#locales/en.json";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    /** Every key is checked against the English file; a test compares the other languages with it. */
    Messages: typeof en;
  }
}

const catalogues = {
  en: () => import("#locales/en.json"),
  "zh-CN": () => import("#locales/zh-CN.json"),
};

/** The person's choice, else what the browser asks for. Addresses never carry the language. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(localeCookie)?.value;
  const locale = isLocale(chosen) ? chosen : localeFromHeader((await headers()).get("accept-language"));
  const { default: messages } = await catalogues[locale]();
  // Only for what the server draws; the browser formats times in its own zone.
  return { locale, messages, timeZone: "UTC" };
});
