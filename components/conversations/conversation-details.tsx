"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { CommunityDetails } from "#components/communities/community-details.tsx";
import { PersonDetails } from "#components/people/person-details.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { isComposed } from "#components/ui/composing.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** Who or what this conversation is with: beside it on wide screens, over it elsewhere. */
export function ConversationDetails({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useTranslations("conversations");
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <section
      aria-label={t("details")}
      className="absolute inset-0 z-20 flex flex-col bg-surface max-lg:animate-rise lg:static lg:w-84 lg:border-s"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented && !isComposed(event)) onClose();
      }}
    >
      <header className="flex h-16 shrink-0 items-center justify-between gap-2 border-b ps-5 pe-3">
        <h2 className="font-semibold">{t("details")}</h2>
        <IconButton ref={close} label={t("closeDetails")} onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="pane-scroll min-h-0 flex-1 p-5">
        {conversation.community ? <CommunityDetails communityId={conversation.id} /> : null}
        {conversation.peer ? <PersonDetails person={conversation.peer} /> : null}
      </div>
    </section>
  );
}
