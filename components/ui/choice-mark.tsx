import { Check } from "lucide-react";

/** A circle that is filled where its row is selected. */
export function ChoiceMark() {
  return (
    <span
      aria-hidden
      className="inline-flex size-5.5 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface group-aria-checked:border-accent group-aria-checked:bg-accent group-aria-selected:border-accent group-aria-selected:bg-accent"
    >
      <Check className="size-4 text-on-accent opacity-0 group-aria-checked:opacity-100 group-aria-selected:opacity-100" />
    </span>
  );
}
