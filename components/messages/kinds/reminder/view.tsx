"use client";

import { AlarmClock } from "lucide-react";
import { useTranslations } from "next-intl";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { messagePath } from "#components/conversations/chat-route.ts";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { usePreviewText } from "#components/messages/use-preview-text.ts";

/** What I wanted to be reminded of; leads to the message. */
export function ReminderView({ content: { of, line } }: MessageViewProps<"reminder">) {
  const t = useTranslations("messages.reminder");
  const previewText = usePreviewText();
  return (
    <ChatLink
      href={messagePath(of.conversationId, of.seq)}
      tabIndex={-1}
      className="flex w-72 max-w-full items-start gap-3 px-3 py-2.5 hover:bg-hover"
    >
      <AlarmClock aria-hidden className="mt-0.5 size-5 shrink-0 text-accent-ink" />
      <span className="min-w-0 flex-1">
        <span className="block text-ink-soft text-xs">{t("title")}</span>
        {line ? (
          <>
            <bdi className="block truncate font-medium">{line.name}</bdi>
            <span dir="auto" className="line-clamp-3 break-words">
              {previewText(line.kind, line.preview)}
            </span>
          </>
        ) : (
          <span className="block text-ink-soft">{t("gone")}</span>
        )}
      </span>
    </ChatLink>
  );
}
