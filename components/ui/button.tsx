import { LoaderCircle } from "lucide-react";
import type { ComponentProps, MouseEvent } from "react";

const variants = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border border-line bg-surface text-ink hover:bg-sunken",
  ghost: "text-accent-ink hover:bg-hover",
  danger: "bg-danger text-on-danger hover:opacity-90",
  dangerSecondary: "border border-line bg-surface text-danger hover:bg-danger-soft",
} as const;
export type ButtonVariant = keyof typeof variants;

type ButtonProps = ComponentProps<"button"> & { variant?: ButtonVariant; busy?: boolean };

export function buttonClass(variant: ButtonVariant = "primary", extra = ""): string {
  return `tap inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-xl px-4 py-1.5 font-medium text-body leading-5 transition-colors disabled:opacity-50 aria-disabled:opacity-60 ${variants[variant]} ${extra}`;
}

/** While busy it keeps the focus and its name but does nothing: a disabled button would drop the keyboard's place. */
export function Button({ variant, busy = false, className, children, onClick, type = "button", ...rest }: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type={type}
      className={buttonClass(variant, className)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={press}
      {...rest}
    >
      {busy ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : null}
      {children}
    </button>
  );
}

type IconButtonProps = ComponentProps<"button"> & { label: string };

/** A picture with a name; the name is also the tooltip. */
export function IconButton({ label, className = "", children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`tap inline-flex aspect-square shrink-0 items-center justify-center rounded-xl text-ink-soft transition-colors hover:bg-hover hover:text-ink disabled:opacity-40 [&>svg]:size-5 ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}
