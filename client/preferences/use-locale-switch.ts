"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { keepPreference } from "#client/preferences/cookie.ts";
import { type Locale, localeCookie } from "#client/preferences/locales.ts";

/** Stores the language and renders the page again. */
export function useLocaleSwitch(): (locale: Locale) => void {
  const router = useRouter();
  return useCallback(
    (locale) => {
      keepPreference(localeCookie, locale);
      // The cached offline page is in the old language.
      navigator.serviceWorker?.controller?.postMessage("keep-offline-page");
      router.refresh();
    },
    [router],
  );
}
