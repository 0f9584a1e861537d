import type { ComponentProps, ReactNode } from "react";

type RoundButtonProps = { label: string; hint?: string; disabled: boolean; children: ReactNode } & Omit<
  ComponentProps<"button">,
  "type" | "title"
>;

/** Submits what is in the field: sends it, or saves an edit. `hint`: what else it does, for the pointer. */
export function RoundButton({ label, hint = label, disabled, children, ...handlers }: RoundButtonProps) {
  return (
    <button
      type="submit"
      aria-label={label}
      title={hint}
      disabled={disabled}
      {...handlers}
      className="ms-1 flex size-11 shrink-0 select-none items-center justify-center rounded-full bg-accent text-on-accent transition-colors [-webkit-touch-callout:none] hover:bg-accent-hover disabled:bg-sunken disabled:text-ink-soft [&>svg]:size-5"
    >
      {children}
    </button>
  );
}
