"use client";

import { ChevronRight, Star } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card.tsx";

/** The way from the settings to my starred messages. */
export function StarredCard() {
  const t = useTranslations("starred");
  return (
    <Card title={t("title")}>
      <Link href="/settings/starred" className="tap -mx-2 flex items-center gap-3 rounded-xl px-2 py-2 hover:bg-hover">
        <Star aria-hidden className="size-5 shrink-0 text-ink-soft" />
        <span className="min-w-0 flex-1 font-medium">{t("open")}</span>
        <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-soft rtl:-scale-x-100" />
      </Link>
    </Card>
  );
}
