"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useAnswerChanges } from "#client/messages/use-answers.ts";
import { Confirm } from "#components/ui/dialog.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import { useTimes } from "#components/ui/use-times.ts";

type ButtonProps = { onClick?: () => void; busy?: boolean; disabled?: boolean; submit?: boolean; children: ReactNode };

/** A button in a bubble: a stop of the keyboard while it is in that message. */
export function AnswerButton({ onClick, busy = false, disabled, submit, children }: ButtonProps) {
  return (
    <button
      type={submit ? "submit" : "button"}
      tabIndex={-1}
      data-stop
      disabled={disabled}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
      className="tap rounded-xl px-3 py-1 font-medium text-accent-ink text-sm hover:bg-hover disabled:opacity-50"
    >
      {children}
    </button>
  );
}

/** What a press has changed may be gone then, and the focus with it: it goes back to the message. */
export const focusRow = (from: Element | null): void => from?.closest<HTMLElement>("[role=article]")?.focus();

type StateProps = { closed: boolean; closesAt: string | null; closedAt: string | null; children: ReactNode };

/** How many answered, and until when they may. */
export function AnswerState({ closed, closesAt, closedAt, children }: StateProps) {
  const t = useTranslations("messages.answers");
  const { moment } = useTimes();
  return (
    <p className="px-3 pt-1 text-ink-soft text-xs">
      {children}
      {closed ? ` · ${t("closed")}` : null}
      {!closed && closesAt !== null && closedAt === null ? ` · ${t("until", { time: moment(closesAt) })}` : null}
    </p>
  );
}

/** For the author: ends it now. */
export function CloseNow({ conversationId, seq }: { conversationId: string; seq: number }) {
  const t = useTranslations("messages.answers");
  const [asking, setAsking] = useState(false);
  const { close } = useAnswerChanges({ conversationId, seq });
  const showError = useShowError();
  return (
    <>
      <AnswerButton busy={close.isPending} onClick={() => setAsking(true)}>
        {t("close")}
      </AnswerButton>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("closeTitle")}
        description={t("closeHint")}
        action={t("close")}
        onConfirm={() => void close.mutateAsync().catch(showError)}
      />
    </>
  );
}
