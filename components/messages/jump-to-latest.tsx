"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";

export function JumpToLatest({ shown, count, onJump }: { shown: boolean; count: number; onJump: () => void }) {
  const t = useTranslations("messages");
  if (!shown) return null;
  return (
    <button
      type="button"
      onClick={onJump}
      aria-label={t("jump", { count })}
      title={t("jump", { count })}
      className="absolute end-4 bottom-4 flex size-11 animate-rise items-center justify-center rounded-full border border-line bg-raised text-ink-soft shadow-pop hover:text-ink"
    >
      <ArrowDown aria-hidden className="size-5" />
      <Badge value={count} className="absolute -top-2 start-1/2 -translate-x-1/2 rtl:translate-x-1/2" />
    </button>
  );
}
