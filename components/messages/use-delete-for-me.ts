"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";
import { useMarkChanges } from "#client/messages/use-marks.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";

/** Long enough to read the line and reach its button. */
const undoMs = 6_000;

/** Deletes messages of a conversation for me, and offers to bring them back. */
export function useDeleteForMe(conversationId: string): (seqs: number[]) => void {
  const t = useTranslations("messages.keep");
  const showError = useShowError();
  const { mutateAsync } = useMarkChanges(conversationId).hide;
  return useCallback(
    (seqs) => {
      // The row and its menu are gone by the answer, and with them the callbacks of `mutate`.
      const change = (hidden: boolean) => mutateAsync({ seqs, hidden });
      const undo = { label: t("undo"), onClick: () => void change(false).catch(showError) };
      change(true)
        .then(() => toast(t("deleted", { count: seqs.length }), { action: undo, duration: undoMs }))
        .catch(showError);
    },
    [mutateAsync, showError, t],
  );
}
