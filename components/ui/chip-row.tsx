import type { ReactNode, WheelEvent } from "react";

/** A mouse has one wheel, and the row has no bar to drag. */
function scrollAlong({ currentTarget, deltaX, deltaY }: WheelEvent<HTMLElement>): void {
  if (deltaX !== 0) return;
  const direction = getComputedStyle(currentTarget).direction === "rtl" ? -1 : 1;
  currentTarget.scrollBy({ left: deltaY * direction });
}

/** What every chip looks like; a pressed or checked one has the accent's colours. */
export const chipClass =
  "relative inline-flex min-h-7 shrink-0 select-none items-center whitespace-nowrap rounded-full px-2 text-ink-soft text-sm transition-colors hover:bg-hover has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent-ink aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-ink pointer-coarse:min-h-9";

/** A row of chips that is scrolled to the side where it has no room. */
export function ChipRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset
      onWheel={scrollAlong}
      className="-my-1 flex min-w-0 flex-1 gap-0.5 overflow-x-auto p-1 [overscroll-behavior-x:contain] [scrollbar-width:none]"
    >
      <legend className="sr-only">{label}</legend>
      {children}
    </fieldset>
  );
}
