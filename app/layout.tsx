import "#app/globals.css";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { isTheme, themeCookie } from "#client/preferences/themes.ts";
import { OfflineWorker } from "#components/shell/offline-worker.tsx";
import { Toasts } from "#components/ui/toasts.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app");
  return {
    title: { default: t("name"), template: `%s · ${t("name")}` },
    description: t("description"),
    applicationName: t("name"),
    appleWebApp: { capable: true, title: t("name"), statusBarStyle: "default" },
    formatDetection: { telephone: false, email: false, address: false, date: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  // The keyboard shrinks the page, so the composer stays above it and the messages do not jump.
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#12181b" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const chosen = (await cookies()).get(themeCookie)?.value;
  // Reading the request makes every page dynamic, which is what lets its scripts carry the nonce of proxy.ts.
  return (
    <html lang={locale} dir="ltr" data-theme={isTheme(chosen) ? chosen : "system"} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider>
          {children}
          <Toasts />
          <OfflineWorker />
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
