"use client";

import { Pin, PinOff, Star, StarOff, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useConversation } from "#client/conversations/use-conversations.ts";
import { useMarkChanges, useMarks } from "#client/messages/use-marks.ts";
import { useMessageChanges } from "#client/messages/use-message-changes.ts";
import { mayPin } from "#components/messages/pins/may-pin.ts";
import { useDeleteForMe } from "#components/messages/use-delete-for-me.ts";
import { MenuItem } from "#components/ui/menu.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

type KeepProps = {
  message: Message;
  /** The row is about to leave the timeline. */
  onAway: () => void;
};

/** Items of a message's menu: star it, pin it, delete it for me. */
export function KeepItems({ message, onAway }: KeepProps) {
  const t = useTranslations("messages.keep");
  const showError = useShowError();
  const { conversationId, seq, content } = message;
  const { starred } = useMarks(conversationId);
  const { star } = useMarkChanges(conversationId);
  const deleteForMe = useDeleteForMe(conversationId);
  const isStarred = starred.has(seq);
  const remove = () => {
    onAway();
    deleteForMe([seq]);
  };
  return (
    <>
      {isStarred || allows(content.kind, "star") ? (
        <MenuItem
          icon={isStarred ? <StarOff aria-hidden /> : <Star aria-hidden />}
          onSelect={() => void star.mutateAsync({ seqs: [seq], starred: !isStarred }).catch(showError)}
        >
          {isStarred ? t("unstar") : t("star")}
        </MenuItem>
      ) : null}
      <PinItem message={message} />
      {allows(content.kind, "hide") ? (
        <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={remove}>
          {t("delete")}
        </MenuItem>
      ) : null}
    </>
  );
}

function PinItem({ message }: { message: Message }) {
  const t = useTranslations("messages.keep");
  const showError = useShowError();
  const { conversation } = useConversation(message.conversationId);
  const { pin } = useMessageChanges(message);
  const isPinned = message.pinnedAt !== undefined;
  if (!conversation || !mayPin(conversation) || !(isPinned || allows(message.content.kind, "pin"))) return null;
  return (
    <MenuItem
      icon={isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
      onSelect={() => void pin.mutateAsync({ pinned: !isPinned }).catch(showError)}
    >
      {isPinned ? t("unpin") : t("pin")}
    </MenuItem>
  );
}
