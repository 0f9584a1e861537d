"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useDisplayName } from "#client/friends/use-display-name.ts";
import type { Conversation } from "#contracts/conversations.ts";

export function useConversationName(): (conversation: Conversation) => string {
  const nameOf = useDisplayName();
  const t = useTranslations("conversations");
  return useCallback(
    ({ kind, community, peer }) =>
      kind === "notes" ? t("notes") : (community?.name ?? (peer ? nameOf(peer) : t("unnamed"))),
    [nameOf, t],
  );
}
