"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { CommunityDetails } from "#components/communities/community-details.tsx";
import { MediaLink } from "#components/conversations/media/media-link.tsx";
import { PeerDetails } from "#components/profiles/peer-details.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { onEscape } from "#components/ui/on-escape.ts";
import { useBackLayer } from "#components/ui/use-back-layer.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** Who or what this conversation is with: beside it on wide screens, over it elsewhere. */
export function ConversationDetails({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useTranslations("conversations");
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  // On wide screens it stands beside the conversation and covers nothing.
  const [covers] = useState(() => matchMedia("(width < 64rem)").matches);
  useBackLayer(covers, onClose);
  return (
    <section
      data-pane
      aria-label={t("details")}
      className="absolute inset-0 z-20 flex flex-col bg-surface max-lg:animate-rise pair:start-72 lg:static lg:w-84 lg:border-s"
      onKeyDown={onEscape(onClose)}
    >
      <header className="flex h-16 shrink-0 items-center justify-between gap-2 border-b ps-5 pe-3">
        <h2 className="font-semibold">{t("details")}</h2>
        <IconButton ref={close} label={t("closeDetails")} onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="pane-scroll min-h-0 flex-1 p-5">
        {conversation.community ? <CommunityDetails communityId={conversation.id} /> : null}
        {conversation.kind === "notes" ? (
          <div className="flex flex-col gap-5">
            <p className="text-ink-soft">{t("notesHint")}</p>
            <MediaLink conversationId={conversation.id} />
          </div>
        ) : null}

        {conversation.peer ? <PeerDetails person={conversation.peer} conversationId={conversation.id} /> : null}
      </div>
    </section>
  );
}
