"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { messagePath } from "#components/conversations/chat-route.ts";
import { type Quote, useQuote } from "#components/messages/use-quote.ts";
import { IconButton } from "#components/ui/button.tsx";

/** The message that a bubble answers; leads to it. */
export function QuoteView({ conversationId, quote }: { conversationId: string; quote: Quote }) {
  const t = useTranslations("messages.quote");
  const { seq, name, text } = quote;
  return (
    <ChatLink
      href={messagePath(conversationId, seq)}
      tabIndex={-1}
      aria-label={t("jump", { name, text })}
      className="mt-0.5 mb-1 block w-full min-w-0 rounded-md border-accent border-s-3 bg-ink/5 px-2 py-1 text-sm hover:bg-ink/10"
    >
      <Words name={name} text={text} />
    </ChatLink>
  );
}

function Words({ name, text }: { name: string; text: string }) {
  return (
    <>
      <bdi className="block truncate font-medium text-accent-ink empty:hidden">{name}</bdi>
      <span dir="auto" className="line-clamp-2 break-words text-ink-soft">
        {text}
      </span>
    </>
  );
}

type BarProps = { label: string; icon: ReactNode; cancel: string; name: string; text: string; onCancel: () => void };

/** Above the field: what the composer is about, and the way out of it. */
export function TargetBar({ label, icon, cancel, name, text, onCancel }: BarProps) {
  return (
    <section aria-label={label} className="mx-auto flex max-w-3xl animate-fade items-center gap-3 px-4 pt-2">
      <span aria-hidden className="shrink-0 text-accent-ink [&>svg]:size-5">
        {icon}
      </span>
      <div className="min-w-0 flex-1 border-accent border-s-3 ps-2 text-sm [&>span]:line-clamp-1">
        <Words name={name} text={text} />
      </div>
      <IconButton label={cancel} onClick={onCancel}>
        <X aria-hidden />
      </IconButton>
    </section>
  );
}

type ReplyBarProps = { conversationId: string; seq: number; icon: ReactNode; onCancel: () => void };

export function ReplyBar({ conversationId, seq, icon, onCancel }: ReplyBarProps) {
  const t = useTranslations("messages.quote");
  const { name, text } = useQuote(conversationId, seq);
  return <TargetBar label={t("reply")} icon={icon} cancel={t("cancel")} name={name} text={text} onCancel={onCancel} />;
}
