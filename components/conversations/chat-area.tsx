"use client";

import { MessagesSquare } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { chatRouteOf } from "#components/conversations/chat-route.ts";
import { ConversationList } from "#components/conversations/conversation-list.tsx";
import { ConversationPane } from "#components/conversations/conversation-pane.tsx";
import { MediaPane } from "#components/conversations/media/media-pane.tsx";
import { useChatTitle } from "#components/conversations/use-chat-title.ts";
import { usePanes } from "#components/conversations/use-panes.ts";
import { useShortcut } from "#components/shortcuts/use-shortcut.ts";
import { EmptyState } from "#components/ui/states.tsx";

/** One pane up to 900 px, two from there, the details as a third from 1024 px. */
export function ChatArea() {
  const t = useTranslations("conversations");
  const { conversationId, seq, media } = chatRouteOf(usePathname());
  /** The conversation of which the details are open: another one opens without its own. */
  const [detailsOf, setDetailsOf] = useState<string | null>(null);
  useChatTitle(conversationId);

  usePanes();
  useShortcut("details", () => {
    // The address is ahead of what is drawn when one key follows another.
    const { conversationId: id } = chatRouteOf(window.location.pathname);
    setDetailsOf((opened) => (opened === id ? null : id));
  });

  const open = conversationId !== null;
  return (
    <div className="relative flex h-full">
      <div
        data-pane
        // Invisible, not absent: the list keeps its scroll position behind the conversation.
        className={`flex w-full flex-col bg-surface pair:w-72 pair:border-e lg:w-84 ${open ? "max-pair:invisible max-pair:absolute max-pair:inset-0" : ""}`}
      >
        <ConversationList openId={conversationId} />
      </div>
      {conversationId === null ? (
        <div className="hidden flex-1 items-center justify-center pair:flex">
          <EmptyState picture={<MessagesSquare />} title={t("pick.title")}>
            {t("pick.hint")}
          </EmptyState>
        </div>
      ) : media ? (
        <MediaPane key={conversationId} conversationId={conversationId} />
      ) : (
        <ConversationPane
          key={conversationId}
          conversationId={conversationId}
          seq={seq}
          detailsOpen={detailsOf === conversationId}
          onDetails={(shown) => setDetailsOf(shown ? conversationId : null)}
        />
      )}
    </div>
  );
}
