"use client";

import { UserRound, UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { GeneratedAvatar } from "#components/people/avatar.tsx";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";

/** A contact card as its message shows it: name and number as they were when it was sent. */
export function CardFace({ card }: { card: ContentOf<"card"> }) {
  const t = useTranslations("messages.card");
  const Icon = card.of === "person" ? UserRound : UsersRound;
  return (
    <>
      <span className="flex items-center gap-3 px-3 py-3">
        <GeneratedAvatar id={card.id} seed={0} name={card.name} size={44} round={card.of === "person"} />
        <span className="min-w-0 flex-1">
          <bdi className="block truncate font-medium">{card.name}</bdi>
          <span className="block truncate text-ink-soft text-sm">{t("number", { number: String(card.number) })}</span>
        </span>
      </span>
      <span className="mx-3 flex items-center gap-1.5 border-line-strong/30 border-t py-1.5 text-ink-soft text-xs">
        <Icon aria-hidden className="size-3.5" />
        {t(card.of)}
      </span>
    </>
  );
}
