"use client";

import { useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { useMessageChanges } from "#client/messages/use-message-changes.ts";
import { EmojiPicker } from "#components/emoji/emoji-picker.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useBackLayer } from "#components/ui/use-back-layer.ts";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Message } from "#contracts/messages/message.ts";

export type ReactionPickerProps = { message: Message; onClose: () => void };

/** Reacts with any emoji: a popover at the message, a sheet where there is no room for one. */
export function ReactionPicker({ message, onClose }: ReactionPickerProps) {
  const t = useTranslations("emoji");
  const showError = useShowError();
  const { react } = useMessageChanges(message);
  const [isWide] = useState(() => matchMedia("(min-width: 40rem)").matches);
  const onChoose = (emoji: string) => {
    onClose();
    // A callback of `mutate` is not called once the picker is gone.
    react.mutateAsync({ emoji, reacted: true }).catch(showError);
  };
  const picker = <EmojiPicker onChoose={onChoose} />;
  if (isWide) return <AtMessage onClose={onClose}>{picker}</AtMessage>;
  return (
    <Dialog open onOpenChange={onClose} title={t("react")}>
      <div className="-mx-5 -mb-5 flex h-[min(24rem,60dvh)] flex-col">{picker}</div>
    </Dialog>
  );
}

function AtMessage({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const t = useTranslations("emoji");
  const row = useRef<HTMLElement | null>(null);
  const anchor = useCallback((span: HTMLSpanElement | null) => {
    // The popover is gone with its anchor when the focus goes back.
    if (span) row.current = span.closest<HTMLElement>("[role=article]");
  }, []);
  useBackLayer(true, onClose);
  return (
    <Popover.Root open onOpenChange={onClose} modal>
      <Popover.Anchor asChild>
        <span ref={anchor} className="pointer-events-none absolute inset-0" />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          aria-label={t("react")}
          collisionPadding={8}
          sideOffset={4}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            row.current?.focus({ preventScroll: true });
          }}
          className="z-50 flex h-96 max-h-[var(--radix-popover-content-available-height)] w-96 animate-fade flex-col overflow-hidden rounded-2xl border border-line bg-raised shadow-pop"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
