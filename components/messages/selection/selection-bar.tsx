"use client";

import { X } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { selection } from "#client/messages/selection.ts";
import type { ForwardRequest } from "#components/messages/forward/forward-dialog.tsx";
import { type SelectionAction, useSelectionActions } from "#components/messages/selection/use-selection-actions.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { isComposing } from "#components/ui/composing.ts";
import { useBackLayer } from "#components/ui/use-back-layer.ts";
import type { Message } from "#contracts/messages/message.ts";

const ForwardDialog = dynamic(() =>
  import("#components/messages/forward/forward-dialog.tsx").then((module) => module.ForwardDialog),
);

type BarProps = { conversationId: string; messages: readonly Message[] };

/** In place of the composer while messages are selected: how many, what can be done with them, and the way out. */
export function SelectionBar({ conversationId, messages }: BarProps) {
  const t = useTranslations("messages.selection");
  const [request, setRequest] = useState<ForwardRequest | null>(null);
  const leave = () => selection.clear(conversationId);
  const actions = useSelectionActions({ conversationId, messages, onForward: setRequest, onDone: leave });
  useBackLayer(true, leave);
  useLeaveKey(leave);
  useEffect(() => () => selection.clear(conversationId), [conversationId]);
  return (
    <section aria-label={t("label")} className="safe-bottom shrink-0 animate-fade border-t bg-surface">
      <div className="mx-auto flex max-w-3xl flex-wrap items-center gap-x-3 px-2 py-1.5 sm:px-4">
        <IconButton label={t("cancel")} onClick={leave}>
          <X aria-hidden />
        </IconButton>
        <p className="min-w-0 flex-1">
          <span role="status" className="font-medium">
            {t("count", { count: messages.length })}
          </span>
          <span className="sr-only"> {t("hint")}</span>
        </p>
        <div className="flex max-sm:w-full ">
          {actions.map((action) => (
            <ActionButton key={action.key} action={action} />
          ))}
        </div>
      </div>
      {request ? <ForwardDialog request={request} onClose={() => setRequest(null)} onSent={leave} /> : null}
    </section>
  );
}

function ActionButton({ action: { label, icon, disabled = false, danger = false, run } }: { action: SelectionAction }) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={run}
      className={`tap flex min-w-16 flex-col items-center justify-start gap-0.5 text-center leading-tight max-sm:min-w-0 max-sm:flex-1 rounded-xl px-2 py-1 text-xs hover:bg-hover disabled:opacity-40 ${danger ? "text-danger" : "text-ink"}`}
    >
      <span aria-hidden className="[&>svg]:size-5">
        {icon}
      </span>
      {label}
    </button>
  );
}

const layers = "[role=dialog], [role=alertdialog], [role=menu]";

/** Escape ends the selection wherever the focus is, before the rows take it as the way to the composer. */
function useLeaveKey(leave: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || isComposing(event) || document.querySelector(layers)) return;
      event.preventDefault();
      event.stopPropagation();
      leave();
    };
    addEventListener("keydown", onKeyDown, { capture: true });
    return () => removeEventListener("keydown", onKeyDown, { capture: true });
  });
}
