/** A small number that asks for attention. Its meaning is said by the name of what it sits on. */
export function Badge({ value, className = "" }: { value: number; className?: string }) {
  if (value <= 0) return null;
  return (
    <span
      aria-hidden
      data-badge
      className={`inline-flex h-5 w-max min-w-5 items-center justify-center rounded-full bg-accent px-1.5 font-semibold text-[0.6875rem] text-on-accent whitespace-nowrap tabular-nums leading-none ${className}`}
    >
      {value > 99 ? "99+" : value}
    </span>
  );
}
