"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useTRPCClient } from "#client/trpc.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextArea } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { limits } from "#contracts/limits.ts";
import type { Message } from "#contracts/messages/message.ts";
import { type MessageReportInput, reportReasons } from "#contracts/messages/report.ts";
import { countCodePoints } from "#contracts/text.ts";

type ReportProps = { message: Message; onClose: () => void };

/** Why a message is reported. Its sender is not told. */
export function ReportDialog({ message, onClose }: ReportProps) {
  const t = useTranslations("messages.report");
  return (
    <Dialog open onOpenChange={onClose} title={t("title")} description={t("hint")}>
      <Form message={message} onClose={onClose} />
    </Dialog>
  );
}

function Form({ message: { conversationId, seq }, onClose }: ReportProps) {
  const t = useTranslations("messages.report");
  const api = useTRPCClient();
  const showError = useShowError();
  const [reason, setReason] = useState<MessageReportInput["reason"]>("spam");
  const [note, setNote] = useState("");
  const report = useMutation({
    mutationFn: () => api.messages.report.mutate({ conversationId, seq, reason, note }),
  });
  const over = countCodePoints(note) - limits.reportNote.max;
  const send = async () => {
    if (over > 0) return;
    await report.mutateAsync();
    toast.success(t("sent"));
    onClose();
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void send().catch(showError);
      }}
    >
      <RadioGroup
        label={t("reason")}
        value={reason}
        options={reportReasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        onChange={setReason}
      />
      <TextArea
        label={t("note")}
        rows={2}
        dir="auto"
        value={note}
        error={over > 0 ? t("noteOver", { over }) : null}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="submit" variant="danger" busy={report.isPending} disabled={over > 0}>
        {t("send")}
      </Button>
    </form>
  );
}
