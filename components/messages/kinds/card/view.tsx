"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { useFindCommunity } from "#client/communities/use-community-mutations.ts";
import { CommunityPreview } from "#components/communities/community-preview.tsx";
import { CardFace } from "#components/messages/kinds/card/card-face.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { useShowProfile } from "#components/profiles/show-profile.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { QueryView } from "#components/ui/query-view.tsx";

type Card = MessageViewProps<"card">["content"];

/** 名片: name and number as they were sent; what can be done about it is asked when it is opened. */
export function CardView({ content: card }: MessageViewProps<"card">) {
  const t = useTranslations("messages.card");
  const [open, setOpen] = useState(false);
  const show = useShowProfile();
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        onClick={() => (card.of === "person" ? show({ personId: card.id, query: String(card.number) }) : setOpen(true))}
        aria-label={t(`open.${card.of}`, { name: card.name })}
        className="block w-64 max-w-full text-start hover:bg-hover"
      >
        <CardFace card={card} />
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={t(card.of)}>
        <CommunityCard card={card} />
      </Dialog>
    </>
  );
}

function CommunityCard({ card }: { card: Card }) {
  const find = useFindCommunity();
  const { mutate, data } = find;
  useEffect(() => mutate(card.number), [mutate, card.number]);
  return (
    <Found state={find} onRetry={() => mutate(card.number)}>
      {data?.found ? <CommunityPreview card={data.found} /> : null}
    </Found>
  );
}

type FoundProps = { state: { isError: boolean; isSuccess: boolean }; onRetry: () => void; children: ReactNode };

function Found({ state, onRetry, children }: FoundProps) {
  const t = useTranslations("messages.card");
  return (
    <QueryView status={state.isError ? "error" : state.isSuccess ? "ready" : "pending"} retry={onRetry}>
      {children ?? <p className="py-6 text-center text-ink-soft">{t("gone")}</p>}
    </QueryView>
  );
}
