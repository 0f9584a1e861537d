"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useScheduling } from "#client/messages/use-scheduled.ts";
import { sendTimes, toField } from "#components/messages/sending/send-times.ts";
import { TimeField, timeIn } from "#components/messages/sending/time-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { TextArea } from "#components/ui/field.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";
import { type Sendable, sendable } from "#contracts/messages/kinds/index.ts";
import type { ScheduledMessage } from "#contracts/messages/schedule.ts";
import { countCodePoints, trimMessage } from "#contracts/text.ts";

type ScheduledFormProps = { message: ScheduledMessage; onDone: () => void };

/** Another time, and other words where the message is of words. */
export function ScheduledForm({ message, onDone }: ScheduledFormProps) {
  const t = useTranslations("messages.scheduled");
  const app = useTranslations("app");
  const showError = useShowError();
  const { reschedule } = useScheduling();
  const words = typeof message.content.text === "string" ? message.content.text : null;
  const [now] = useState(() => new Date());
  const [text, setText] = useState(words ?? "");
  // One that was not sent at its time gets one that is to come.
  const first = new Date(message.sendAt) > now ? new Date(message.sendAt) : sendTimes(now).at(-1)?.time;
  const [at, setAt] = useState(() => toField(first ?? now));
  const time = timeIn(at);
  const over = countCodePoints(text) - limits.messageText.max;
  const valid = time !== null && over <= 0 && (words === null || !isBlank(text));
  const save = async () => {
    if (!time) return;
    const { clientId } = message;
    const content = words === null || text === words ? undefined : withText(message, trimMessage(text));
    await reschedule.mutateAsync({ clientId, sendAt: time.toISOString(), ...(content ? { content } : {}) });
    onDone();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) void save().catch(showError);
      }}
    >
      {words === null ? null : (
        <TextArea
          label={t("words")}
          dir="auto"
          value={text}
          error={over > 0 ? t("over", { over }) : null}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <TimeField value={at} onChange={setAt} now={now} />
      <div className="flex justify-end gap-2">
        <Button variant="secondary" onClick={onDone}>
          {app("cancel")}
        </Button>
        <Button type="submit" busy={reschedule.isPending} disabled={!valid}>
          {app("save")}
        </Button>
      </div>
    </form>
  );
}

/** Mentions stood in the old words, and a card belongs to an address in them. */
function withText({ content: { replyTo, silent } }: ScheduledMessage, text: string): Sendable | undefined {
  return sendable.safeParse({ kind: "text", text, replyTo, silent }).data;
}
