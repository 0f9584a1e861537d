"use client";

import { useTranslations } from "next-intl";
import { useLastSeen } from "#client/people/use-last-seen.ts";
import { useTimes } from "#components/ui/use-times.ts";

/** "Online" or "Last seen …", as far as the person shows it to me; null otherwise. */
export function usePresenceText(personId: string | undefined): string | null {
  const t = useTranslations("people");
  const { moment } = useTimes();
  const { online, at } = useLastSeen(personId);
  if (online) return t("online");
  return at === null ? null : t("lastSeen", { moment: moment(at) });
}
