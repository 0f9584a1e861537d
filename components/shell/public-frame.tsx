import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LocaleLinks } from "#components/preferences/locale-links.tsx";
import { Logo } from "#components/shell/logo.tsx";

/** The frame of the pages that anyone may see: the name above, one card, the languages below. */
export async function PublicFrame({ children }: { children: ReactNode }) {
  const t = await getTranslations("app");
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center gap-6 px-4 py-8">
      <header className="flex items-center gap-3">
        <Logo size={40} />
        <span className="font-semibold text-xl tracking-tight">{t("name")}</span>
      </header>
      <main className="w-full max-w-md rounded-3xl border border-line bg-surface p-6 shadow-card sm:p-8">
        {children}
      </main>
      <footer>
        <LocaleLinks />
      </footer>
    </div>
  );
}
