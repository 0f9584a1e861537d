"use client";

import { useTranslations } from "next-intl";
import { useOnline } from "#client/realtime/use-online.ts";

/** At the corner of a face, while that friend is online. The parent is `relative`. */
export function OnlineDot({ personId }: { personId: string | undefined }) {
  const t = useTranslations("people");
  if (!useOnline(personId)) return null;
  return (
    <span
      role="img"
      aria-label={t("online")}
      className="absolute end-0 bottom-0 size-3 rounded-full border-2 border-surface bg-online"
    />
  );
}
