"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { AlertDialog, Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { isComposing } from "#components/ui/composing.ts";
import { useBackLayer } from "#components/ui/use-back-layer.ts";

const scrim = "fixed inset-0 z-40 animate-fade bg-scrim";
/** A sheet from below on a phone, a card in the middle elsewhere. */
const card =
  "safe-bottom fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-rise flex-col rounded-t-3xl border border-line bg-raised shadow-pop sm:inset-x-auto sm:start-1/2 sm:top-1/2 sm:bottom-auto sm:w-[28rem] sm:max-w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-3xl sm:pb-0 rtl:sm:translate-x-1/2";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  children: ReactNode;
};

/**
 * Leads the focus back to what had it when the dialog opened: no dialog here has a trigger, which Radix would do it for.
 * What closes the dialog may have moved the focus elsewhere, and what had it may be gone.
 */
function useFocusBack() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      const { activeElement } = document;
      const moved = activeElement !== null && activeElement !== document.body;
      if (moved || !(before.current instanceof HTMLElement) || !before.current.isConnected) return;
      event.preventDefault();
      before.current.focus({ preventScroll: true });
    },
  };
}

/** Escape takes back what is being composed, not the dialog around it. */
const keepOpen = (event: KeyboardEvent) => {
  if (isComposing(event)) event.preventDefault();
};

export function Dialog({ open, onOpenChange, title, description, children }: DialogProps) {
  const t = useTranslations("app");
  useBackLayer(open, () => onOpenChange(false));
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          className={card}
          onEscapeKeyDown={keepOpen}
          {...useFocusBack()}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="flex items-start gap-3 px-5 pt-5 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-0.5 text-ink-soft text-sm">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close
              aria-label={t("close")}
              className="-me-2 -mt-1 tap inline-flex aspect-square items-center justify-center rounded-xl text-ink-soft hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-5" />
            </Radix.Close>
          </header>
          <div className="pane-scroll min-h-0 flex-1 px-5 pb-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ConfirmProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  action: string;
  onConfirm: () => void;
};

/** For what cannot be undone: says what will happen, and the safe answer has the focus. */
export function Confirm({ open, onOpenChange, title, description, action, onConfirm }: ConfirmProps) {
  const t = useTranslations("app");
  useBackLayer(open, () => onOpenChange(false));
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={scrim} />
        <AlertDialog.Content onEscapeKeyDown={keepOpen} className={`${card} p-5 sm:pb-5`}>
          <AlertDialog.Title className="font-semibold text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-ink-soft">{description}</AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button variant="secondary">{t("cancel")}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button variant="danger" onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
