"use client";

import { useTranslations } from "next-intl";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";

/** The placeholder of a recalled message. */
export function RecalledView({ own }: MessageViewProps<"recalled">) {
  const t = useTranslations("messages");
  return <span className="text-ink-soft italic">{t(own ? "recalledOwn" : "recalled")}</span>;
}
