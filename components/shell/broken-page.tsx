"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";

/** A bug of ours: says so, offers the way on, and shows the number that finds it in the log. */
export function BrokenPage({ code, onRetry }: { code: string | undefined; onRetry: () => void }) {
  const t = useTranslations("errors");
  return (
    <div className="flex min-h-full items-center justify-center p-6">
      <Alert picture={<CircleAlert />} title={t("brokenTitle")} hint={t("brokenHint")}>
        <Button onClick={onRetry}>{t("again")}</Button>
        {code ? <p className="w-full text-ink-soft text-sm">{t("code", { code })}</p> : null}
      </Alert>
    </div>
  );
}
