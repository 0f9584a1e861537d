"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useNameOf } from "#client/friends/use-name-of.ts";
import type { Conversation } from "#contracts/conversations.ts";

export function useConversationName(): (conversation: Conversation) => string {
  const nameOf = useNameOf();
  const t = useTranslations("conversations");
  return useCallback(({ community, peer }) => community?.name ?? (peer ? nameOf(peer) : t("unnamed")), [nameOf, t]);
}
