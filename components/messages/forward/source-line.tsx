import { Forward } from "lucide-react";
import { useTranslations } from "next-intl";

/** The name of who said a forwarded message first; null for others. Content is open on the wire. */
export function sourceOf({ forwardedFrom }: { [key: string]: unknown }): string | null {
  if (typeof forwardedFrom !== "object" || forwardedFrom === null || !("name" in forwardedFrom)) return null;
  return typeof forwardedFrom.name === "string" ? forwardedFrom.name : null;
}

/** Above the words of another person. */
export function SourceLine({ name, className = "" }: { name: string; className?: string }) {
  const t = useTranslations("messages.forward");
  return (
    <p className={`flex min-w-0 items-center gap-1 text-accent-ink text-xs ${className}`}>
      <Forward aria-hidden className="size-3.5 shrink-0 rtl:-scale-x-100" />
      <span className="truncate">{t.rich("from", { who: () => <bdi className="font-medium">{name}</bdi> })}</span>
    </p>
  );
}
