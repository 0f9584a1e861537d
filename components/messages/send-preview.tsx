import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** What is composed in a dialog, as the bubble that it will be. */
export function SendPreview({ children }: { children: ReactNode }) {
  const t = useTranslations("messages");
  return (
    <section aria-label={t("preview")} className="flex flex-col items-end gap-1.5 rounded-2xl bg-canvas p-3">
      <p aria-hidden className="self-start text-ink-soft text-sm">
        {t("preview")}
      </p>
      <div className="max-w-full overflow-hidden rounded-2xl bg-own">{children}</div>
    </section>
  );
}
