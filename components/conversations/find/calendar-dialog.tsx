"use client";

import { useTranslations } from "next-intl";
import { openMessage } from "#components/conversations/chat-link.tsx";
import type { CalendarProps } from "#components/conversations/find/calendar.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { LazyView } from "#components/ui/lazy-view.tsx";

type CalendarDialogProps = { conversationId: string; open: boolean; onOpenChange: (open: boolean) => void };

const load = async () => (await import("#components/conversations/find/calendar.tsx")).Calendar;

/** Leads to the first message of a day, or of the conversation. */
export function CalendarDialog({ conversationId, open, onOpenChange }: CalendarDialogProps) {
  const t = useTranslations("search");
  const go = (seq: number) => {
    onOpenChange(false);
    openMessage(conversationId, seq);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("calendar")}>
      <LazyView<CalendarProps> name="calendar" load={load} props={{ conversationId, onDay: go }} />
    </Dialog>
  );
}
