"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, MouseEvent } from "react";
import { toast } from "sonner";
import type { Timeline } from "#client/messages/reduce-timeline.ts";
import { isSelectable, selection } from "#client/messages/selection.ts";
import type { PendingMessage } from "#client/messages/use-outbox.ts";
import { useIsSelected, useIsSelecting } from "#client/messages/use-selection.ts";
import { timelineKey } from "#client/realtime/query-keys.ts";
import { isStored } from "#components/messages/rows.ts";
import { limits } from "#contracts/limits.ts";
import type { Message } from "#contracts/messages/message.ts";

/** What a row is while messages are selected: a press anywhere on it, or Space, selects it, with Shift a range. */
export function useRowSelection(item: Message | PendingMessage) {
  const t = useTranslations("messages.selection");
  const queryClient = useQueryClient();
  const { conversationId } = item;
  const selecting = useIsSelecting(conversationId);
  const message = isStored(item) && isSelectable(item) ? item : null;
  const selected = useIsSelected(conversationId, message?.seq ?? null);
  const select = (range: boolean) => {
    if (!message) return;
    const loaded = queryClient.getQueryData<Timeline>(timelineKey(conversationId))?.messages ?? [];
    const fits = range ? selection.extend(loaded, message) : selection.toggle(message);
    if (!fits) toast.error(t("full", { max: limits.forward.messages }));
  };
  const handlers = {
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (event.currentTarget.contains(event.target as Node)) select(event.shiftKey);
    },
    // Shift would select text.
    onMouseDown: (event: MouseEvent<HTMLElement>) => (event.shiftKey ? event.preventDefault() : undefined),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key !== " " || event.target !== event.currentTarget) return;
      event.preventDefault();
      select(event.shiftKey);
    },
  };
  const look = message === null ? "opacity-50" : selected ? "cursor-pointer bg-accent-soft" : "cursor-pointer";
  return {
    selecting,
    selectable: selecting && message !== null,
    selected,
    handlers,
    className: selecting ? `relative ps-12 sm:ps-14 ${look}` : "",
  };
}
