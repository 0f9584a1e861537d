"use client";

import {
  Archive,
  ArchiveRestore,
  Bell,
  BellOff,
  MessageCircleDashed,
  MessageCircleMore,
  Pin,
  PinOff,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isArchived, isMuted, isUnread } from "#client/conversations/settings.ts";
import { useConversationActions } from "#components/conversations/use-conversation-actions.ts";
import type { Conversation } from "#contracts/conversations.ts";

type RowActionsProps = { conversation: Conversation; name: string; onAway: () => void; onDone: () => void };

/** What a swipe reveals beside a row; the row's menu has all of it, and more. */
export function RowActions({ conversation, name, onAway, onDone }: RowActionsProps) {
  const t = useTranslations("conversations.menu");
  const { set, away, read } = useConversationActions(conversation, onAway);
  const now = Date.now();
  const { pinned } = conversation.settings;
  const unread = isUnread(conversation);
  const muted = isMuted(conversation, now);
  const archived = isArchived(conversation, now);
  const done = (work: () => void) => () => {
    onDone();
    work();
  };
  return (
    <fieldset className="absolute inset-y-0 start-full flex w-56 transition-transform duration-150 [transform:translateX(var(--swipe,0))] group-data-[swiped=moving]:transition-none motion-reduce:transition-none">
      <legend className="sr-only">{t("label", { name })}</legend>
      <Action
        label={unread ? t("markRead") : t("markUnread")}
        onPress={done(unread ? read : () => set({ markedUnread: true }))}
      >
        {unread ? <MessageCircleDashed aria-hidden /> : <MessageCircleMore aria-hidden />}
      </Action>
      <Action label={pinned ? t("unpin") : t("pin")} onPress={done(() => set({ pinned: !pinned }))}>
        {pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
      </Action>
      <Action
        label={muted ? t("unmute") : t("mute")}
        onPress={done(() => set({ muted: muted ? null : { until: null, exceptMentions: false } }))}
      >
        {muted ? <Bell aria-hidden /> : <BellOff aria-hidden />}
      </Action>
      <Action label={archived ? t("unarchive") : t("archive")} onPress={done(() => away({ archived: !archived }))}>
        {archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
      </Action>
    </fieldset>
  );
}

function Action({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onPress}
      className="flex w-14 items-center justify-center bg-sunken text-ink first:rounded-s-2xl last:rounded-e-2xl last:bg-accent last:text-on-accent [&>svg]:size-5"
    >
      {children}
    </button>
  );
}
