"use client";

import { useTranslations } from "next-intl";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";

/** The placeholder of a recalled message, or one that an admin removed. */
export function RecalledView({ own, content }: MessageViewProps<"recalled">) {
  const t = useTranslations("messages");
  return (
    <span className="text-ink-soft italic">
      {t(content.byAdmin ? "removedByAdmin" : own ? "recalledOwn" : "recalled")}
    </span>
  );
}
