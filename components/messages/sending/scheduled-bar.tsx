"use client";

import { CalendarClock, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useConversations } from "#client/conversations/use-conversations.ts";
import { useScheduled } from "#client/messages/use-scheduled.ts";
import { ScheduledDialog } from "#components/messages/sending/scheduled-dialog.tsx";
import type { ScheduledMessage } from "#contracts/messages/schedule.ts";

/** Above the composer: how many messages to this conversation wait for their time, or were not sent. Opens them. */
export function ScheduledBar({ conversationId }: { conversationId: string }) {
  const { messages } = useScheduled();
  return <Bar messages={messages.filter((one) => one.conversationId === conversationId)} />;
}

/** Above the list: what could not be sent to conversations that I am not in any more. */
export function UnsentBar() {
  const { messages } = useScheduled();
  const { conversations, status } = useConversations();
  if (status !== "ready") return null;
  const mine = new Set(conversations.map(({ id }) => id));
  return <Bar messages={messages.filter((one) => one.failure !== null && !mine.has(one.conversationId))} />;
}

function Bar({ messages }: { messages: ScheduledMessage[] }) {
  const t = useTranslations("messages.scheduled");
  const [open, setOpen] = useState(false);
  const failed = messages.filter(({ failure }) => failure !== null).length;
  const waiting = messages.length - failed;
  // The dialog stays when its last message is gone: it says so.
  if (messages.length === 0 && !open) return null;
  return (
    <div className="shrink-0 border-t bg-surface empty:hidden">
      {messages.length > 0 ? (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
          className="mx-auto flex min-h-11 w-full max-w-3xl items-center gap-2 px-4 py-1.5 text-start text-sm hover:bg-hover"
        >
          {failed > 0 ? (
            <>
              <TriangleAlert aria-hidden className="size-4.5 shrink-0 text-danger" />
              <span className="font-medium text-danger">{t("failed", { count: failed })}</span>
            </>
          ) : (
            <CalendarClock aria-hidden className="size-4.5 shrink-0 text-accent-ink" />
          )}
          {waiting > 0 ? <span className="text-ink-soft">{t("waiting", { count: waiting })}</span> : null}
        </button>
      ) : null}
      {open ? <ScheduledDialog messages={messages} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}
