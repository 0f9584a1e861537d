"use client";

import { ShieldX } from "lucide-react";
import { useTranslations } from "next-intl";
import { may } from "#client/communities/rights.ts";
import { useConversation } from "#client/conversations/use-conversations.ts";
import { useMessageChanges } from "#client/messages/use-message-changes.ts";
import { MenuItem } from "#components/ui/menu.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

/** Removes another person's message for all, by members whom the community lets. The server judges the rank of its sender. */
export function RemoveItem({ message }: { message: Message }) {
  const t = useTranslations("messages.menu");
  const showError = useShowError();
  const { conversation } = useConversation(message.conversationId);
  const { recall } = useMessageChanges(message);
  if (!conversation || !may(conversation, "delete_messages") || !allows(message.content.kind, "recall")) return null;
  return (
    <MenuItem icon={<ShieldX aria-hidden />} danger onSelect={() => void recall.mutateAsync().catch(showError)}>
      {t("remove")}
    </MenuItem>
  );
}
