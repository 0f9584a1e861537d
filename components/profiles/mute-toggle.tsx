"use client";

import { useTranslations } from "next-intl";
import { isMuted } from "#client/conversations/settings.ts";
import { useConfigure } from "#client/conversations/use-configure.ts";
import { useConversation } from "#client/conversations/use-conversations.ts";
import { useMuteClock } from "#client/conversations/use-mute-clock.ts";
import { Toggle } from "#components/ui/toggle.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";

/** Whether a conversation is muted, until it is ended; times are chosen in the list's menu. */
export function MuteToggle({ conversationId }: { conversationId: string }) {
  const t = useTranslations("profiles");
  const { conversation } = useConversation(conversationId);
  const now = useMuteClock(conversation ? [conversation] : []);
  const configure = useConfigure(useShowError());
  if (!conversation) return null;
  return (
    <Toggle
      label={t("mute")}
      checked={isMuted(conversation, now)}
      onChange={(on) => configure.mutate({ conversationId, muted: on ? { until: null, exceptMentions: false } : null })}
    />
  );
}
