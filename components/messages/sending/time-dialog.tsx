"use client";

import { useState } from "react";
import { sendTimes, toField } from "#components/messages/sending/send-times.ts";
import { TimeField, timeIn } from "#components/messages/sending/time-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

type FormProps = {
  /** What the button does. */
  action: string;
  busy: boolean;
  onTime: (time: Date) => void;
};

/** Any time; at first that of tomorrow morning. */
export function TimeDialog({ title, onClose, ...form }: FormProps & { title: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title={title}>
      <Form {...form} />
    </Dialog>
  );
}

function Form({ action, busy, onTime }: FormProps) {
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
        {action}
      </Button>
    </form>
  );
}
