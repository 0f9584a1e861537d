"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "#components/ui/dialog.tsx";
import { SendPacketForm } from "#components/wallet/send-packet-form.tsx";
import type { Conversation } from "#contracts/conversations.ts";

type SendPacketDialogProps = {
  conversation: Conversation;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Puts coins into a red packet for this conversation. */
export function SendPacketDialog({ conversation, open, onOpenChange }: SendPacketDialogProps) {
  const t = useTranslations("wallet");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("send.title")} description={t("playCredits")}>
      <SendPacketForm conversation={conversation} onSent={() => onOpenChange(false)} />
    </Dialog>
  );
}
