"use client";

import { DropdownMenu } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { useBackLayer } from "#components/ui/use-back-layer.ts";

/** Where a menu opens, in pixels of the window, and what has the focus after it. */
export type MenuPoint = { x: number; y: number; from: HTMLElement };

type MenuAtProps = {
  label: string;
  /** Null: closed. */
  point: MenuPoint | null;
  onClose: () => void;
  /** What has the focus after an item that leads elsewhere; null or left out: where the menu came from. */
  focusAfter?: () => HTMLElement | null;
  children: ReactNode;
};

/**
 * One menu for many things, such as the rows of a list: it opens where the pointer is, or beside what the keyboard is on.
 */
export function MenuAt({ label, point, onClose, focusAfter, children }: MenuAtProps) {
  const last = useRef(point);
  if (point) last.current = point;
  useBackLayer(point !== null, onClose);
  return (
    <DropdownMenu.Root open={point !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <DropdownMenu.Trigger
        aria-hidden
        tabIndex={-1}
        className="pointer-events-none fixed size-0"
        style={{ left: last.current?.x, top: last.current?.y }}
      />
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          aria-labelledby={undefined}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            (focusAfter?.() ?? last.current?.from)?.focus({ preventScroll: true });
          }}
          className="z-50 min-w-52 animate-fade rounded-2xl border border-line bg-raised p-1.5 shadow-pop"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
