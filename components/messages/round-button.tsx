import type { ReactNode } from "react";

/** Submits what is in the field: sends it, or saves an edit. */
export function RoundButton({ label, disabled, children }: { label: string; disabled: boolean; children: ReactNode }) {
  return (
    <button
      type="submit"
      aria-label={label}
      title={label}
      disabled={disabled}
      className="ms-1 flex size-11 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-hover disabled:bg-sunken disabled:text-ink-soft [&>svg]:size-5"
    >
      {children}
    </button>
  );
}
