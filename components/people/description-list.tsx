"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { IconButton } from "#components/ui/button.tsx";

/** Names and values, as a description list. */
export function DescriptionList({ children }: { children: ReactNode }) {
  return <dl className="divide-y rounded-2xl border border-line px-4">{children}</dl>;
}

type FactProps = { label: string; value: string; copy?: boolean };

export function DescriptionItem({ label, value, copy = false }: FactProps) {
  return (
    <div className="flex min-h-12 items-center gap-3 py-1.5">
      <dt className="shrink-0 text-ink-soft text-sm">{label}</dt>
      <dd className="min-w-0 flex-1 whitespace-pre-wrap text-end" dir="auto">
        {value}
      </dd>
      {copy ? (
        <dd className="-me-2">
          <CopyButton label={label} value={value} />
        </dd>
      ) : null}
    </div>
  );
}

export function CopyButton({ label, value }: { label: string; value: string }) {
  const t = useTranslations("app");
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <>
      <IconButton label={t("copy", { what: label })} onClick={copy}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
      <span role="status" className="sr-only">
        {copied ? t("copied") : null}
      </span>
    </>
  );
}
