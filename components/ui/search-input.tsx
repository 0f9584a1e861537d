import { Search } from "lucide-react";
import type { ComponentProps } from "react";

/** An input with a magnifying glass; `className` leaves room for what else stands in it. */
export function SearchInput({ className = "pe-3", ...props }: ComponentProps<"input">) {
  return (
    <>
      <Search
        aria-hidden
        className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-ink-soft"
      />
      <input
        autoComplete="off"
        {...props}
        className={`tap w-full rounded-full border border-line-strong/60 bg-canvas ps-9 text-base outline-offset-0 placeholder:text-ink-soft sm:text-body ${className}`}
      />
    </>
  );
}
