"use client";

import { useTranslations } from "next-intl";
import type { ReadOnlyReason } from "#client/conversations/read-only-reason.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { Muted } from "#contracts/permissions.ts";

/** Why nothing can be written here, and until when where that is known. */
export function ReadOnlyText({ reason, muted }: { reason: ReadOnlyReason; muted: Muted }) {
  const t = useTranslations("messages.readOnly");
  const times = useTimes();
  return reason === "muted" && muted?.until ? t("mutedUntil", { time: times.whole(muted.until) }) : t(reason);
}
