"use client";

import {
  Archive,
  ArchiveRestore,
  AtSign,
  Bell,
  BellOff,
  Clock,
  EyeOff,
  Folders,
  Infinity as Forever,
  MessageCircleDashed,
  MessageCircleMore,
  Pin,
  PinOff,
  Sunrise,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { isArchived, isMuted, isUnread } from "#client/conversations/settings.ts";
import { muteTimes } from "#components/conversations/mute-times.ts";
import { useConversationActions } from "#components/conversations/use-conversation-actions.ts";
import { MenuItem, SubMenu } from "#components/ui/menu.tsx";
import type { Conversation } from "#contracts/conversations.ts";

const muteIcons = { hour: Clock, eightHours: Clock, tomorrow: Sunrise, always: Forever } as const;
const muteNames = ["hour", "eightHours", "tomorrow", "always"] as const;

type ConversationMenuProps = {
  conversation: Conversation;
  /** The row is about to leave the list. */
  onAway: () => void;
  onFolders: () => void;
};

/** What can be done with a conversation in the list. */
export function ConversationMenu({ conversation, onAway, onFolders }: ConversationMenuProps) {
  const t = useTranslations("conversations.menu");
  const { settings } = conversation;
  const { set, away, read } = useConversationActions(conversation, onAway);
  const now = Date.now();
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
      <MenuItem icon={<Folders aria-hidden />} onSelect={onFolders}>
        {t("folders")}
      </MenuItem>
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
