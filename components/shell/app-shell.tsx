"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ProfileProvider } from "#components/profiles/profile-provider.tsx";
import { AppShortcuts } from "#components/shell/app-shortcuts.tsx";
import { ConnectionBanner } from "#components/shell/connection-banner.tsx";
import { Navigation } from "#components/shell/navigation.tsx";

/** A rail at the side on wide screens, tabs below on phones; the DOM order is the same for the keyboard. */
export function AppShell({ children }: { children: ReactNode }) {
  const t = useTranslations("app");
  return (
    <ProfileProvider>
      <div className="safe-top flex h-dvh flex-col overflow-hidden">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:start-2 focus:top-2 focus:z-50 focus:rounded-xl focus:bg-raised focus:px-4 focus:py-2"
        >
          {t("skip")}
        </a>
        <ConnectionBanner />
        <AppShortcuts />
        <div className="flex min-h-0 flex-1 flex-col sm:flex-row">
          <Navigation />
          <main id="main" tabIndex={-1} className="relative min-h-0 min-w-0 flex-1 outline-none max-sm:order-first">
            {children}
          </main>
        </div>
      </div>
    </ProfileProvider>
  );
}
