"use client";

import { useSyncExternalStore } from "react";
import { keepPreference } from "#client/preferences/cookie.ts";
import { isTheme, type Theme, themeCookie } from "#client/preferences/themes.ts";

const listeners = new Set<() => void>();

/** The attribute on <html> is the truth: the server wrote it from the cookie, the style sheet reads it. */
function shownTheme(): Theme {
  const shown = document.documentElement.dataset.theme;
  return isTheme(shown) ? shown : "system";
}

function watch(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  keepPreference(themeCookie, theme);
  for (const listener of listeners) listener();
}

export function useTheme(): { theme: Theme; setTheme: (theme: Theme) => void } {
  const theme = useSyncExternalStore(watch, shownTheme, () => "system" as const);
  return { theme, setTheme: showTheme };
}
