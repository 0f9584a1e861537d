"use client";

import { useTranslations } from "next-intl";
import { memo } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { unreadOf } from "#client/conversations/unread.ts";
import { useDraft } from "#client/conversations/use-draft.ts";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import type { People } from "#client/people/use-people.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { conversationPath } from "#components/conversations/chat-route.ts";
import { ConversationIcon } from "#components/conversations/conversation-icon.tsx";
import { useConversationName } from "#components/conversations/use-conversation-name.ts";
import { useNoticeText } from "#components/messages/use-notice-text.ts";
import { usePreviewText } from "#components/messages/use-preview-text.ts";
import { isolate } from "#components/people/isolate.ts";
import { Badge } from "#components/ui/badge.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import type { Conversation } from "#contracts/conversations.ts";

/**
 * The second line of a row: the draft (where it is not in sight anyway), else what was said last and, among many, by
 * whom.
 */
function usePreview({ id, kind, lastMessage }: Conversation, people: People, open: boolean) {
  const t = useTranslations("conversations");
  const me = useMe();
  const nameOf = useDisplayName();
  const noticeText = useNoticeText();
  const previewText = usePreviewText();
  const [draft] = useDraft(id);
  if (!open && draft.trim() !== "") return { draft: true, text: draft };
  if (!lastMessage) return { draft: false, text: t("nothingYet") };
  const { senderId, kind: what, notice } = lastMessage;
  const preview = previewText(what, lastMessage.preview);
  if (notice) return { draft: false, text: noticeText(notice, senderId, people) };
  if (senderId === me.id) return { draft: false, text: t("previewMine", { text: preview }) };
  const sender = people.get(senderId);
  const text =
    kind === "direct" || !sender ? preview : t("previewOf", { name: isolate(nameOf(sender)), text: preview });
  return { draft: false, text };
}

type RowProps = { conversation: Conversation; people: People; open: boolean };

export const ConversationRow = memo(function ConversationRow({ conversation, people, open }: RowProps) {
  const t = useTranslations("conversations");
  const { brief } = useTimes();
  const name = useConversationName()(conversation);
  const preview = usePreview(conversation, people, open);
  const unread = unreadOf(conversation);
  const time = brief(conversation.lastMessageAt);
  return (
    <li>
      <ChatLink
        href={conversationPath(conversation.id)}
        aria-current={open ? "true" : undefined}
        aria-label={t("row", { name, unread, preview: preview.text, time })}
        className="flex items-center gap-3 rounded-2xl px-3 py-2.5 transition-colors hover:bg-hover aria-[current=true]:bg-accent-soft"
      >
        <ConversationIcon conversation={conversation} size={46} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate font-medium">
              <bdi>{name}</bdi>
            </span>
            <time
              dateTime={conversation.lastMessageAt}
              className="shrink-0 text-ink-soft text-xs"
              suppressHydrationWarning
            >
              {time}
            </time>
          </span>
          <span className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate text-ink-soft text-sm">
              {preview.draft ? <span className="font-medium text-danger">{t("draft")} </span> : null}
              <bdi>{preview.text}</bdi>
            </span>
            <Badge value={unread} />
          </span>
        </span>
      </ChatLink>
    </li>
  );
});
