"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { keepPreference } from "#client/preferences/cookie.ts";
import { type Locale, localeCookie } from "#client/preferences/locales.ts";

/** Keeps the language and draws the page again in it. */
export function useLocaleSwitch(): (locale: Locale) => void {
  const router = useRouter();
  return useCallback(
    (locale) => {
      keepPreference(localeCookie, locale);
      // The kept offline page speaks the old language.
      navigator.serviceWorker?.controller?.postMessage("keep-offline-page");
      router.refresh();
    },
    [router],
  );
}
