"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { useOffline } from "#components/ui/use-offline.ts";

type EmptyProps = { picture: ReactNode; title: string; children?: ReactNode; action?: ReactNode };

/** Says what belongs here and offers the one next step. */
export function EmptyState({ picture, title, children, action }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-12 text-center">
      <div
        aria-hidden
        className="mb-2 flex size-16 items-center justify-center rounded-3xl bg-accent-soft text-accent-ink [&>svg]:size-7"
      >
        {picture}
      </div>
      <p className="font-semibold text-base">{title}</p>
      {children ? <p className="text-pretty text-ink-soft">{children}</p> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

/** Something could not be fetched; the way out is on the spot. */
export function ErrorState({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("app");
  const offline = useOffline();
  const retry = useRef(onRetry);
  retry.current = onRetry;
  useEffect(() => {
    const again = () => retry.current();
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, []);
  return (
    <div role="alert" className="mx-auto flex max-w-sm flex-col items-center gap-3 px-6 py-12 text-center">
      <p className="text-ink-soft">{offline ? t("loadOffline") : t("loadFailed")}</p>
      <Button variant="secondary" onClick={onRetry}>
        {t("retry")}
      </Button>
    </div>
  );
}

const widths = ["w-1/2", "w-2/3", "w-2/5", "w-3/5", "w-1/3", "w-1/2"];

/** What waits for the network says so; it goes on by itself when the network is back. */
function WaitingForNetwork() {
  const t = useTranslations("app");
  return (
    <p role="status" className="mx-auto max-w-sm px-6 py-12 text-center text-ink-soft">
      {t("loadOffline")}
    </p>
  );
}

/** Grey rows, shown only when waiting takes longer than 300 ms (the animation's delay). */
export function LoadingRows() {
  const t = useTranslations("app");
  if (useOffline()) return <WaitingForNetwork />;
  return (
    <div role="status" className="animate-appear space-y-1 p-2">
      <span className="sr-only">{t("loading")}</span>
      {widths.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move.
        <div key={index} aria-hidden className="flex items-center gap-3 p-2">
          <div className="size-11 shrink-0 rounded-full bg-sunken" />
          <div className="flex-1 space-y-2">
            <div className={`h-3 rounded-full bg-sunken ${width}`} />
            <div className="h-2.5 w-4/5 rounded-full bg-sunken" />
          </div>
        </div>
      ))}
    </div>
  );
}
