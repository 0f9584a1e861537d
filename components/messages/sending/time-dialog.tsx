"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { sendTimes, toField } from "#components/messages/sending/send-times.ts";
import { TimeField, timeIn } from "#components/messages/sending/time-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

type TimeDialogProps = { busy: boolean; onTime: (time: Date) => void; onClose: () => void };

/** Any time for the message in the composer; at first that of tomorrow morning. */
export function TimeDialog({ onClose, ...form }: TimeDialogProps) {
  const t = useTranslations("messages.scheduled");
  return (
    <Dialog open onOpenChange={onClose} title={t("choose")}>
      <Form {...form} />
    </Dialog>
  );
}

function Form({ busy, onTime }: Omit<TimeDialogProps, "onClose">) {
  const t = useTranslations("messages.scheduled");
  const [now] = useState(() => new Date());
  const [text, setText] = useState(() => toField(sendTimes(now).at(-1)?.time ?? now));
  const time = timeIn(text);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (time) onTime(time);
      }}
    >
      <TimeField value={text} onChange={setText} now={now} />
      <Button type="submit" busy={busy} disabled={!time}>
        {t("schedule")}
      </Button>
    </form>
  );
}
