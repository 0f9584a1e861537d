"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useLinkPreview } from "#client/links/use-link-preview.ts";
import { SiteRow } from "#components/links/site-row.tsx";
import { IconButton } from "#components/ui/button.tsx";
import type { LinkCard } from "#contracts/links.ts";
import { addressesOf, parseMarkup } from "#contracts/markup.ts";
import { webAddress } from "#contracts/messages/parts.ts";

export type LinkPreviewOffer = { url: string; card: LinkCard };

/** The first address that a text shows and that a card can be of; null without one. */
function firstAddress(text: string): string | null {
  if (!/[.:]/.test(text)) return null;
  return addressesOf(parseMarkup(text)).find((address) => webAddress.safeParse(address).success) ?? null;
}

/** The card that a text would be sent with, and the way to send it without. */
export function useLinkPreviewOffer(text: string): {
  offer: LinkPreviewOffer | null;
  looking: boolean;
  refuse: () => void;
} {
  const [refused, setRefused] = useState<string | null>(null);
  const url = firstAddress(text);
  const { card, looking } = useLinkPreview(url === refused ? null : url);
  const offer = card && url !== null && url !== refused ? { url, card } : null;
  return { offer, looking, refuse: () => setRefused(url) };
}

export function LinkPreviewBar({ offer, looking, refuse }: ReturnType<typeof useLinkPreviewOffer>) {
  const t = useTranslations("links");
  if (!offer) {
    return looking ? (
      <p role="status" className="mx-auto max-w-3xl px-6 pt-2 text-ink-soft text-sm">
        {t("looking")}
      </p>
    ) : null;
  }
  return (
    <section aria-label={t("label")} className="mx-auto flex max-w-3xl items-center gap-2 px-4 pt-2">
      <div className="min-w-0 flex-1 border-accent border-s-3 ps-3">
        <SiteRow url={offer.url} site={offer.card.site} />
        <bdi className="block truncate font-medium text-sm">{offer.card.title}</bdi>
        <span dir="auto" className="block truncate text-ink-soft text-sm">
          {offer.card.description}
        </span>
      </div>
      <IconButton label={t("remove")} onClick={refuse}>
        <X aria-hidden />
      </IconButton>
    </section>
  );
}
