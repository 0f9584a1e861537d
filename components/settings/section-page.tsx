"use client";

import { ArrowLeft } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { goToList } from "#components/conversations/chat-link.tsx";
import { sectionOf } from "#components/settings/settings-route.ts";
import { IconButton } from "#components/ui/button.tsx";

/** A section of the settings: on a phone the way back stands beside its title. Its groups have no frames. */
export function SectionPage({ title, children }: { title: string; children: ReactNode }) {
  const t = useTranslations("settings");
  // The open section is what the page is about; the list is when none is open.
  const Title = sectionOf(usePathname()) === null ? "h2" : "h1";
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-5 p-4 pb-10 sm:p-6 [&>section.bg-surface]:rounded-none [&>section.bg-surface]:border-0 [&>section.bg-surface]:p-0 [&>section.bg-surface]:shadow-none">
      <header className="flex min-h-11 items-center gap-2">
        <IconButton label={t("back")} onClick={goToList} className="-ms-2 pair:hidden">
          <ArrowLeft aria-hidden className="rtl:-scale-x-100" />
        </IconButton>
        <Title className="font-semibold text-2xl tracking-tight">{title}</Title>
      </header>
      {children}
    </div>
  );
}
