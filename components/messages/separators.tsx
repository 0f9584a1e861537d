"use client";

import { useTranslations } from "next-intl";
import type { People } from "#client/people/use-people.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { messagePath } from "#components/conversations/chat-route.ts";
import { useNoticeText } from "#components/messages/use-notice-text.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { NoticeContent } from "#contracts/messages/kinds/index.ts";
import { notices } from "#contracts/messages/kinds/notice.ts";
import type { Message } from "#contracts/messages/message.ts";

const chip = "rounded-full bg-sunken px-3 py-1 text-center text-ink-soft text-xs";

export function DaySeparator({ rowKey, at }: { rowKey: string; at: string }) {
  const { day, isoDay } = useTimes();
  return (
    <div data-key={rowKey} className="flex justify-center px-4 py-3">
      <h2 className={`${chip} font-medium`}>
        <time dateTime={isoDay(at)}>{day(at)}</time>
      </h2>
    </div>
  );
}

export function UnreadDivider({ rowKey, count }: { rowKey: string; count: number }) {
  const t = useTranslations("messages");
  return (
    <div data-key={rowKey} data-unread className="mx-auto flex w-full max-w-3xl items-center gap-3 px-5 py-3">
      <span aria-hidden className="h-px flex-1 bg-accent" />
      <p className="font-medium text-accent-ink text-sm">{t("unread", { count })}</p>
      <span aria-hidden className="h-px flex-1 bg-accent" />
    </div>
  );
}

/** The content of a notice, or null when it is one that this page does not know yet. */
function noticeOf({ content }: Message): NoticeContent | null {
  const known = notices.find((name) => name === content.notice);
  if (content.kind !== "notice" || !known) return null;
  return {
    kind: "notice",
    notice: known,
    personId: typeof content.personId === "string" ? content.personId : undefined,
    name: typeof content.name === "string" ? content.name : undefined,
  };
}

type NoticeProps = { rowKey: string; message: Message; people: People };

export function NoticeRow({ rowKey, message, people }: NoticeProps) {
  const t = useTranslations("messages");
  const { clock } = useTimes();
  const noticeText = useNoticeText();
  const notice = noticeOf(message);
  const text = notice ? noticeText(notice, message.senderId, people) : message.preview;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the keyboard walks by role; the element is the same.
    <div
      role="article"
      aria-label={t("nameNotice", { text, time: clock(message.sentAt) })}
      tabIndex={-1}
      data-key={rowKey}
      data-seq={message.seq}
      className="mx-auto flex w-full max-w-3xl justify-center rounded-2xl px-4 py-1.5 outline-offset-0"
    >
      <p className={chip}>
        <NoticeWords message={message} text={text} />
      </p>
    </div>
  );
}

/** That a message was pinned leads to it. */
function NoticeWords({ message: { conversationId, content }, text }: { message: Message; text: string }) {
  if (typeof content.pinnedSeq !== "number") return text;
  return (
    <ChatLink href={messagePath(conversationId, content.pinnedSeq)} tabIndex={-1} className="hover:underline">
      {text}
    </ChatLink>
  );
}
