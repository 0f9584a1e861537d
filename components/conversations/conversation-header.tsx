"use client";

import { ArrowLeft, PanelRight, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { goToList } from "#components/conversations/chat-link.tsx";
import { ConversationIcon } from "#components/conversations/conversation-icon.tsx";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import { useTypingText } from "#components/conversations/use-typing-text.ts";
import { usePresenceText } from "#components/people/use-presence-text.ts";
import { useShowProfile } from "#components/profiles/show-profile.ts";
import { IconButton } from "#components/ui/button.tsx";
import type { Conversation } from "#contracts/conversations.ts";

type HeaderProps = {
  conversation: Conversation | null;
  detailsOpen: boolean;
  onDetails: (open: boolean) => void;
  onFind?: () => void;
};

export function ConversationHeader({ conversation, detailsOpen, onDetails, onFind }: HeaderProps) {
  const t = useTranslations("conversations");
  const findLabel = useTranslations("search")("find");
  return (
    <header className="flex h-16 shrink-0 items-center gap-2 border-b bg-surface ps-2 pe-3 sm:ps-4">
      <IconButton label={t("back")} onClick={goToList} className="pair:hidden">
        <ArrowLeft aria-hidden className="rtl:-scale-x-100" />
      </IconButton>
      {conversation ? <Heading conversation={conversation} /> : <h1 className="sr-only">{t("unnamed")}</h1>}
      {conversation && onFind ? (
        <IconButton label={findLabel} aria-keyshortcuts="Control+F Meta+F" onClick={onFind}>
          <Search aria-hidden />
        </IconButton>
      ) : null}
      {conversation ? (
        <IconButton
          label={t("details")}
          aria-expanded={detailsOpen}
          aria-keyshortcuts="Control+. Meta+."
          onClick={() => onDetails(!detailsOpen)}
        >
          <PanelRight aria-hidden className="rtl:-scale-x-100" />
        </IconButton>
      ) : null}
    </header>
  );
}

function Heading({ conversation }: { conversation: Conversation }) {
  const t = useTranslations("conversations");
  const name = useConversationName()(conversation);
  const { kind, peer, memberCount } = conversation;
  const presence = usePresenceText(peer?.id);
  const show = useShowProfile();
  const typing = useTypingText(conversation);
  return (
    <div className="relative flex min-w-0 flex-1 items-center gap-2 rounded-xl has-[button:hover]:bg-hover">
      <ConversationIcon conversation={conversation} size={38} />
      <div className="min-w-0 flex-1">
        <h1 className="truncate font-semibold leading-5">
          {peer ? (
            <button
              type="button"
              aria-haspopup="dialog"
              title={t("profile")}
              onClick={() => show({ personId: peer.id })}
              // All of the heading is pressed.
              className="max-w-full truncate after:absolute after:inset-0"
            >
              <bdi>{name}</bdi>
            </button>
          ) : (
            <bdi>{name}</bdi>
          )}
        </h1>
        <p className="truncate text-ink-soft text-xs leading-4">
          {typing ??
            (peer
              ? (presence ?? t("handle", { handle: peer.handle }))
              : kind === "notes"
                ? t("notesHint")
                : t("members", { count: memberCount }))}
        </p>
      </div>
    </div>
  );
}
