"use client";

import { CalendarClock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ScheduledForm } from "#components/messages/sending/scheduled-form.tsx";
import { ScheduledRow } from "#components/messages/sending/scheduled-row.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import type { ScheduledMessage } from "#contracts/messages/schedule.ts";

type ScheduledDialogProps = { messages: ScheduledMessage[]; onClose: () => void };

/** My messages that wait for their time, and what can be done with each. */
export function ScheduledDialog({ messages, onClose }: ScheduledDialogProps) {
  const t = useTranslations("messages.scheduled");
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <Dialog open onOpenChange={onClose} title={t("title")} description={t("hint")}>
      {messages.length === 0 ? (
        <EmptyState picture={<CalendarClock />} title={t("none")} />
      ) : (
        <ul aria-label={t("title")} className="flex flex-col divide-y">
          {messages.map((message) => (
            <li key={message.clientId} className="py-3">
              {message.clientId === editing ? (
                <ScheduledForm message={message} onDone={() => setEditing(null)} />
              ) : (
                <ScheduledRow message={message} onEdit={() => setEditing(message.clientId)} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
