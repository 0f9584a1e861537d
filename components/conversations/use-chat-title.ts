"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { unreadOf } from "#client/conversations/unread.ts";
import { useConversations } from "#client/conversations/use-conversations.ts";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";

/**
 * The tab says which conversation is open and how much is unread: addresses change here without a page of their own.
 */
export function useChatTitle(conversationId: string | null): void {
  const t = useTranslations("conversations");
  const { conversations } = useConversations();
  const nameOfConversation = useConversationName();
  const open = conversations.find(({ id }) => id === conversationId);
  const unread = conversations.reduce((sum, one) => sum + unreadOf(one), 0);
  const title = t("tabTitle", { unread, page: open ? nameOfConversation(open) : t("title") });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
