"use client";

import { List, Pin } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { usePinned } from "#client/messages/use-pinned.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { messagePath } from "#components/conversations/chat-route.ts";
import { PinnedList } from "#components/messages/pins/pinned-list.tsx";
import { useSpokenText } from "#components/messages/use-preview-text.ts";
import { IconButton } from "#components/ui/button.tsx";
import type { Conversation } from "#contracts/conversations.ts";

/** Above the messages: the message that was pinned last. Each press leads to one, and shows the one pinned before it. */
export function PinnedBanner({ conversation }: { conversation: Conversation }) {
  const t = useTranslations("messages.pins");
  const meId = useMe().id;
  const pinned = usePinned(conversation.id);
  const spokenText = useSpokenText();
  const [step, setStep] = useState(0);
  const [listed, setListed] = useState(false);
  const count = pinned.length;
  const at = count === 0 ? 0 : step % count;
  const shown = pinned[at];
  // The list is closed with its last message.
  if (!shown) return null;
  const text = spokenText(shown, shown.senderId === meId);
  return (
    <section
      aria-label={t("region")}
      className="flex min-h-12 shrink-0 items-center gap-1 border-b bg-surface ps-3 pe-3 sm:ps-4"
    >
      <ChatLink
        href={messagePath(conversation.id, shown.seq)}
        onGo={() => setStep(at + 1)}
        aria-label={t("jump", { text, at: at + 1, count })}
        className="tap flex min-w-0 flex-1 items-center gap-3 rounded-xl px-1 hover:bg-hover"
      >
        <Pin aria-hidden className="size-4.5 shrink-0 text-accent-ink" />
        <span className="min-w-0 flex-1 border-accent border-s-3 ps-2 text-sm leading-5">
          <span className="block font-medium text-accent-ink">{t("title", { at: at + 1, count })}</span>
          <bdi className="block truncate text-ink-soft">{text}</bdi>
        </span>
      </ChatLink>
      <IconButton label={t("list", { count })} aria-haspopup="dialog" onClick={() => setListed(true)}>
        <List aria-hidden />
      </IconButton>
      {listed ? <PinnedList conversation={conversation} pinned={pinned} onClose={() => setListed(false)} /> : null}
    </section>
  );
}
