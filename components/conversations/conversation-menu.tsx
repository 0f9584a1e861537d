"use client";

import {
  Archive,
  ArchiveRestore,
  AtSign,
  Bell,
  BellOff,
  Clock,
  EyeOff,
  Infinity as Forever,
  MessageCircleDashed,
  MessageCircleMore,
  Pin,
  PinOff,
  Sunrise,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { isArchived, isMuted, isUnread } from "#client/conversations/settings.ts";
import { unreadOf } from "#client/conversations/unread.ts";
import { useConfigure } from "#client/conversations/use-configure.ts";
import { useMarkRead } from "#client/conversations/use-mark-read.ts";
import { muteTimes } from "#components/conversations/mute-times.ts";
import { MenuItem, SubMenu } from "#components/ui/menu.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { ConfigureInput, Conversation } from "#contracts/conversations.ts";

const muteIcons = { hour: Clock, eightHours: Clock, tomorrow: Sunrise, always: Forever } as const;
const muteNames = ["hour", "eightHours", "tomorrow", "always"] as const;

type ConversationMenuProps = {
  conversation: Conversation;
  /** The row is about to leave the list. */
  onAway: () => void;
};

/** What can be done with a conversation in the list. */
export function ConversationMenu({ conversation, onAway }: ConversationMenuProps) {
  const t = useTranslations("conversations.menu");
  const { id: conversationId, settings } = conversation;
  const markRead = useMarkRead(conversationId);
  const configure = useConfigure(useShowError());
  const now = Date.now();
  const set = (wanted: Omit<ConfigureInput, "conversationId">) => configure.mutate({ conversationId, ...wanted });
  const away = (wanted: Omit<ConfigureInput, "conversationId">) => {
    onAway();
    set(wanted);
  };
  const read = () => {
    if (unreadOf(conversation) > 0) markRead(conversation.lastSeq);
    else set({ markedUnread: false });
  };
  const mute = (until: Date | null, exceptMentions = false) =>
    set({ muted: { until: until?.toISOString() ?? null, exceptMentions } });
  return (
    <>
      <MenuItem
        icon={settings.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
        onSelect={() => set({ pinned: !settings.pinned })}
      >
        {settings.pinned ? t("unpin") : t("pin")}
      </MenuItem>
      {isMuted(conversation, now) ? (
        <MenuItem icon={<Bell aria-hidden />} onSelect={() => set({ muted: null })}>
          {t("unmute")}
        </MenuItem>
      ) : (
        <SubMenu icon={<BellOff aria-hidden />} label={t("mute")}>
          {muteNames.map((name) => {
            const Icon = muteIcons[name];
            return (
              <MenuItem key={name} icon={<Icon aria-hidden />} onSelect={() => mute(muteTimes[name](new Date()))}>
                {t(`muteFor.${name}`)}
              </MenuItem>
            );
          })}
          <MenuItem icon={<AtSign aria-hidden />} onSelect={() => mute(null, true)}>
            {t("muteFor.mentions")}
          </MenuItem>
        </SubMenu>
      )}
      {isUnread(conversation) ? (
        <MenuItem icon={<MessageCircleDashed aria-hidden />} onSelect={read}>
          {t("markRead")}
        </MenuItem>
      ) : (
        <MenuItem icon={<MessageCircleMore aria-hidden />} onSelect={() => set({ markedUnread: true })}>
          {t("markUnread")}
        </MenuItem>
      )}
      {isArchived(conversation, now) ? (
        <MenuItem icon={<ArchiveRestore aria-hidden />} onSelect={() => away({ archived: false })}>
          {t("unarchive")}
        </MenuItem>
      ) : (
        <MenuItem icon={<Archive aria-hidden />} onSelect={() => away({ archived: true })}>
          {t("archive")}
        </MenuItem>
      )}
      <MenuItem icon={<EyeOff aria-hidden />} onSelect={() => away({ hidden: true })}>
        {t("hide")}
      </MenuItem>
    </>
  );
}
