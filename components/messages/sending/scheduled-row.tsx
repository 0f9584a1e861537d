"use client";

import { BellOff, Pencil, RotateCw, SendHorizontal, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useScheduling } from "#client/messages/use-scheduled.ts";
import { usePreviewText } from "#components/messages/use-preview-text.ts";
import { IconButton } from "#components/ui/button.tsx";
import { useRefusalText, useShowError } from "#components/ui/use-refusal-text.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { ScheduledMessage } from "#contracts/messages/schedule.ts";

type ScheduledRowProps = { message: ScheduledMessage; onEdit: () => void };

/** One of them: its words, when it is sent or why it was not, and the ways out. */
export function ScheduledRow({ message, onEdit }: ScheduledRowProps) {
  const t = useTranslations("messages.scheduled");
  const { whole } = useTimes();
  const sentence = useRefusalText();
  const showError = useShowError();
  const previewText = usePreviewText();
  const { sendNow, unschedule } = useScheduling();
  const { clientId, content, preview, sendAt, failure } = message;
  const text = previewText(content.kind, preview);
  const failed = failure !== null;
  const said = failure === "not_found" ? t("away") : failure && sentence(failure);
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="line-clamp-3 break-words">
          {text}
        </p>
        <p className="mt-0.5 flex items-center gap-1.5 text-ink-soft text-sm">
          {content.silent ? <BellOff aria-label={t("silently")} role="img" className="size-3.5" /> : null}
          <time dateTime={sendAt}>{whole(sendAt)}</time>
        </p>
        {failed ? <p className="mt-0.5 text-danger text-sm">{said}</p> : null}
      </div>
      <IconButton
        label={t(failed ? "retry" : "sendNow", { text })}
        aria-disabled={sendNow.isPending || undefined}
        onClick={() => sendNow.isPending || void sendNow.mutateAsync({ clientId }).catch(showError)}
      >
        {failed ? <RotateCw aria-hidden /> : <SendHorizontal aria-hidden className="rtl:-scale-x-100" />}
      </IconButton>
      <IconButton label={t("edit", { text })} onClick={onEdit}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton
        label={t("delete", { text })}
        onClick={() => void unschedule.mutateAsync({ clientId }).catch(showError)}
      >
        <Trash2 aria-hidden />
      </IconButton>
    </div>
  );
}
