"use client";

import { ChevronRight, Images } from "lucide-react";
import { useTranslations } from "next-intl";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { mediaPath } from "#components/conversations/chat-route.ts";

type MediaLinkProps = { conversationId: string; onGo?: (() => void) | undefined };

/** To the pictures, films, files, links and voices of a conversation. */
export function MediaLink({ conversationId, onGo }: MediaLinkProps) {
  const t = useTranslations("conversationMedia");
  return (
    <ChatLink
      href={mediaPath(conversationId)}
      {...(onGo ? { onGo } : {})}
      className="tap flex items-center gap-3 rounded-xl bg-sunken px-3 hover:bg-hover"
    >
      <Images aria-hidden className="size-5 text-accent-ink" />
      <span className="min-w-0 flex-1">{t("link")}</span>
      <ChevronRight aria-hidden className="size-4 text-ink-soft rtl:-scale-x-100" />
    </ChatLink>
  );
}
