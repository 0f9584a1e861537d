"use client";

import { ArrowDown, AtSign } from "lucide-react";
import { useTranslations } from "next-intl";
import { unreadMentionsOf } from "#client/conversations/unread.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { messagePath } from "#components/conversations/chat-route.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { Conversation } from "#contracts/conversations.ts";

const pill =
  "absolute end-4 flex size-11 animate-rise items-center justify-center rounded-full border border-line bg-raised text-ink-soft shadow-pop hover:text-ink";
const corner = "absolute -top-2 start-1/2 -translate-x-1/2 rtl:translate-x-1/2";

export function JumpToLatest({ shown, count, onJump }: { shown: boolean; count: number; onJump: () => void }) {
  const t = useTranslations("messages");
  if (!shown) return null;
  return (
    <button
      type="button"
      onClick={onJump}
      aria-label={t("jump", { count })}
      title={t("jump", { count })}
      className={`${pill} bottom-4`}
    >
      <ArrowDown aria-hidden className="size-5" />
      <Badge value={count} className={corner} />
    </button>
  );
}

type JumpToMentionProps = {
  shown: boolean;
  conversation: Pick<Conversation, "id" | "unreadMentions" | "settings">;
};

/** To the first message that mentions me and that I have not read; the link of that message, as others may send it. */
export function JumpToMention({ shown, conversation }: JumpToMentionProps) {
  const t = useTranslations("messages");
  const { id } = conversation;
  const unreadMentions = unreadMentionsOf(conversation);
  const [first] = unreadMentions;
  if (!shown || first === undefined) return null;
  const count = unreadMentions.length;
  const name = t("jumpToMention", { count });
  return (
    <ChatLink href={messagePath(id, first)} aria-label={name} title={name} className={`${pill} bottom-19`}>
      <AtSign aria-hidden className="size-5" />
      <Badge value={count} className={corner} />
    </ChatLink>
  );
}
