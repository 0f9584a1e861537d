type BadgeProps = { value: number; quiet?: boolean; className?: string };

/** A small number that asks for attention, or `quiet` for none. Its meaning is said by the name of what it sits on. */
export function Badge({ value, quiet = false, className = "" }: BadgeProps) {
  if (value <= 0) return null;
  return (
    <span
      aria-hidden
      data-badge
      className={`inline-flex h-5 w-max min-w-5 items-center justify-center rounded-full px-1.5 font-semibold text-micro whitespace-nowrap tabular-nums leading-none ${quiet ? "bg-ink-soft text-surface" : "bg-accent text-on-accent"} ${className}`}
    >
      {value > 99 ? "99+" : value}
    </span>
  );
}
