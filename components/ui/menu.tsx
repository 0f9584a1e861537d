"use client";

import { ChevronRight, Ellipsis } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useState } from "react";
import { useBackLayer } from "#components/ui/use-back-layer.ts";

type MenuProps = {
  label: string;
  icon?: ReactNode;
  className?: string;
  /** For a menu that something else than its button opens, too. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
};

export function Menu({
  label,
  icon = <Ellipsis aria-hidden />,
  className = "text-ink-soft",
  children,
  ...given
}: MenuProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const { open = ownOpen, onOpenChange: setOpen = setOwnOpen } = given;
  useBackLayer(open, () => setOpen(false));
  return (
    <DropdownMenu.Root open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger
        aria-label={label}
        title={label}
        className={`tap inline-flex aspect-square shrink-0 items-center justify-center rounded-xl transition-colors hover:bg-hover hover:text-ink data-[state=open]:bg-hover [&>svg]:size-5 ${className}`}
      >
        {icon}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 animate-fade rounded-2xl border border-line bg-raised p-1.5 shadow-pop"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Items beside each other, under a name. */
export function MenuRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DropdownMenu.Group aria-label={label} className="mb-1 flex border-line border-b pb-1">
      {children}
    </DropdownMenu.Group>
  );
}

type MenuItemProps = {
  icon?: ReactNode;
  /** The name, where the children do not say it. */
  label?: string;
  pressed?: boolean;
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
};

export function MenuItem({ icon, label, pressed = false, danger = false, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      aria-label={label}
      className={`${pressed ? "bg-own" : ""} tap flex select-none items-center gap-3 rounded-xl px-3 py-1.5 outline-none data-highlighted:bg-hover [&>svg]:size-4.5 [&>svg]:shrink-0 ${danger ? "text-danger" : "text-ink"}`}
    >
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}

/** An item that opens further items. */
export function SubMenu({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="tap flex select-none items-center gap-3 rounded-xl px-3 py-1.5 text-ink outline-none data-highlighted:bg-hover data-[state=open]:bg-hover [&>svg]:size-4.5 [&>svg]:shrink-0">
        {icon}
        <span className="flex-1">{label}</span>
        <ChevronRight aria-hidden className="text-ink-soft rtl:-scale-x-100" />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-44 animate-fade rounded-2xl border border-line bg-raised p-1.5 shadow-pop"
        >
          {children}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}
