"use client";

import { UserRound, UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { useFindCommunity } from "#client/communities/use-community-mutations.ts";
import { CommunityPreview } from "#components/communities/community-preview.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { GeneratedAvatar } from "#components/people/avatar.tsx";
import { useShowProfile } from "#components/profiles/show-profile.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { QueryView } from "#components/ui/query-view.tsx";

type Card = MessageViewProps<"card">["content"];

/** 名片: name and number as they were sent; what can be done about it is asked when it is opened. */
export function CardView({ content: card }: MessageViewProps<"card">) {
  const t = useTranslations("messages.card");
  const [open, setOpen] = useState(false);
  const show = useShowProfile();
  const Icon = card.of === "person" ? UserRound : UsersRound;
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        onClick={() => (card.of === "person" ? show({ personId: card.id, query: String(card.number) }) : setOpen(true))}
        aria-label={t(`open.${card.of}`, { name: card.name })}
        className="block w-64 max-w-full text-start hover:bg-hover"
      >
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
