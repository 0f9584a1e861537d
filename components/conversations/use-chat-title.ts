"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useConversations } from "#client/conversations/use-conversations.ts";
import { useUnreadTotal } from "#client/conversations/use-unread-total.ts";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";

/**
 * The tab says which conversation is open and how much is unread and not muted: addresses change here without a page of their own.
 */
export function useChatTitle(conversationId: string | null): void {
  const t = useTranslations("conversations");
  const { conversations } = useConversations();
  const nameOfConversation = useConversationName();
  const open = conversations.find(({ id }) => id === conversationId);
  const unread = useUnreadTotal();
  const title = t("tabTitle", { unread, page: open ? nameOfConversation(open) : t("title") });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
