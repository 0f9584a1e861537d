"use client";

import { useTranslations } from "next-intl";
import { useRefusalText } from "#components/ui/use-refusal-text.ts";
import type { Reason } from "#contracts/refusals.ts";

type FailedNoteProps = { reason: Reason | null; onRetry: () => void; onDiscard: () => void };

const action = "tap rounded-md px-2 font-medium text-accent-ink text-sm hover:bg-hover";

export function FailedNote({ reason, onRetry, onDiscard }: FailedNoteProps) {
  const t = useTranslations("messages");
  const sentence = useRefusalText();
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-1 pt-0.5">
      <p className="px-1 text-danger text-sm">{reason ? sentence(reason) : t("notSent")}</p>
      <button type="button" className={action} onClick={onRetry}>
        {t("retry")}
      </button>
      <button type="button" className={action} onClick={onDiscard}>
        {t("discard")}
      </button>
    </div>
  );
}
