"use client";

import { useTranslations } from "next-intl";
import type { ReadOnlyReason } from "#components/conversations/use-read-only-reason.ts";
import { ComposerForm } from "#components/messages/composer-form.tsx";
import type { Conversation } from "#contracts/conversations.ts";
import type { Content, Sendable } from "#contracts/kinds/index.ts";

/** There is one composer on the page; the messages hand the focus to it by this id. */
export const composerId = "composer";

/**
 * `shown`: the message as it will be stored, as far as this page can tell. Those of one `batch` stay in their order.
 */
export type Send = (content: Sendable, optimistic: Content, batch?: string) => void;

type ComposerProps = { conversation: Conversation; silence: ReadOnlyReason; onSend: Send };

export function Composer({ conversation, silence, onSend }: ComposerProps) {
  const t = useTranslations("messages");
  if (silence) {
    return (
      <div className="safe-bottom shrink-0 border-t bg-surface">
        <p className="px-4 py-4 text-center text-ink-soft">{t(`silence.${silence}`)}</p>
      </div>
    );
  }
  return <ComposerForm conversation={conversation} onSend={onSend} />;
}
