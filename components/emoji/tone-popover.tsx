"use client";

import { Popover } from "radix-ui";
import { type ReactNode, type RefObject, useRef } from "react";
import { moveStop, stepButtons } from "#components/ui/roving-buttons.ts";
import { useBackLayer } from "#components/ui/use-back-layer.ts";

type ToneChoice = { emoji: string; name: string; chosen: boolean };

type PopoverProps = {
  label: string;
  choices: readonly ToneChoice[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** By its place in `choices`. */
  onChoose: (at: number) => void;
  /** What it stands at, which gets the focus back. */
  at: RefObject<HTMLElement | null>;
  /** The trigger, where one button opens it. */
  children?: ReactNode;
};

/** The skin tones of an emoji, over what asked for them. */
export function TonePopover({ label, choices, open, onOpenChange, onChoose, at, children }: PopoverProps) {
  const list = useRef<HTMLUListElement>(null);
  useBackLayer(open, () => onOpenChange(false));
  const first = Math.max(
    0,
    choices.findIndex(({ chosen }) => chosen),
  );
  const backToAnchor = (event: Event) => {
    event.preventDefault();
    at.current?.focus({ preventScroll: true });
  };
  /** The click that ends a long press gives the focus to what was pressed. */
  const stayOpen = (event: Event) => {
    if (event.target instanceof Node && at.current?.contains(event.target)) event.preventDefault();
  };
  const toChosen = (event: Event) => {
    event.preventDefault();
    list.current?.querySelectorAll("button")[first]?.focus();
  };
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Anchor virtualRef={at} />
      {children}
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={toChosen}
          onCloseAutoFocus={backToAnchor}
          onFocusOutside={stayOpen}
          className="z-50 animate-fade rounded-2xl border border-line bg-raised p-1.5 shadow-pop"
        >
          <ul
            ref={list}
            aria-label={label}
            onKeyDown={(event) => list.current && stepButtons(event, list.current)}
            onFocus={(event) => list.current && moveStop(event, list.current)}
            className="grid grid-cols-6"
          >
            {choices.map(({ emoji, name, chosen }, place) => (
              <li key={emoji}>
                <button
                  type="button"
                  tabIndex={place === first ? 0 : -1}
                  aria-label={name}
                  aria-pressed={chosen}
                  title={name}
                  onClick={() => onChoose(place)}
                  className="flex size-11 items-center justify-center rounded-xl text-2xl hover:bg-hover aria-pressed:bg-accent-soft"
                >
                  {emoji}
                </button>
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
