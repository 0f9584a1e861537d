"use client";

import { MessagesSquare } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ConversationList } from "#components/conversations/conversation-list.tsx";
import { ConversationPane } from "#components/conversations/conversation-pane.tsx";
import { placeOf } from "#components/conversations/place.ts";
import { useChatTitle } from "#components/conversations/use-chat-title.ts";
import { isComposing } from "#components/ui/composing.ts";
import { Empty } from "#components/ui/states.tsx";

/** One pane on a phone, two from 640 px, the details as a third from 1024 px. */
export function ChatArea() {
  const t = useTranslations("conversations");
  const { conversationId, seq } = placeOf(usePathname());
  const [detailsOpen, setDetailsOpen] = useState(false);
  useChatTitle(conversationId);

  useEffect(() => {
    const toggle = (event: KeyboardEvent) => {
      if (event.key !== "." || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
      event.preventDefault();
      setDetailsOpen((open) => !open);
    };
    addEventListener("keydown", toggle);
    return () => removeEventListener("keydown", toggle);
  }, []);

  const open = conversationId !== null;
  return (
    <div className="relative flex h-full">
      <div
        // Invisible, not absent: the list keeps its scroll position behind the conversation.
        className={`flex w-full flex-col bg-surface sm:w-72 sm:border-e lg:w-84 ${open ? "max-sm:invisible max-sm:absolute max-sm:inset-0" : ""}`}
      >
        <ConversationList openId={conversationId} />
      </div>
      {conversationId === null ? (
        <div className="hidden flex-1 items-center justify-center sm:flex">
          <Empty picture={<MessagesSquare />} title={t("pick.title")}>
            {t("pick.hint")}
          </Empty>
        </div>
      ) : (
        <ConversationPane
          key={conversationId}
          conversationId={conversationId}
          seq={seq}
          detailsOpen={detailsOpen}
          onDetails={setDetailsOpen}
        />
      )}
    </div>
  );
}
