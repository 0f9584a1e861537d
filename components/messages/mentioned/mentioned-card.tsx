"use client";

import { AtSign, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";

/** The way from the settings to the messages that mention me. */
export function MentionedCard() {
  const t = useTranslations("mentioned");
  return (
    <Card title={t("title")}>
      <Link href="/settings/mentions" className="tap -mx-2 flex items-center gap-3 rounded-xl px-2 py-2 hover:bg-hover">
        <AtSign aria-hidden className="size-5 shrink-0 text-ink-soft" />
        <span className="min-w-0 flex-1 font-medium">{t("open")}</span>
        <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-soft rtl:-scale-x-100" />
      </Link>
    </Card>
  );
}
