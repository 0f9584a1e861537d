"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";

/** The title of a record, made when it is shown: it is stored in no language. */
export function useRecordTitle(): (record: Pick<ContentOf<"record">, "of" | "names">) => string {
  const t = useTranslations("messages.record");
  return useCallback(
    ({ of, names: [one, other] }) => {
      if (of === "community" || one === undefined) return t("ofGroup");
      return other === undefined ? t("ofOne", { one }) : t("ofTwo", { one, other });
    },
    [t],
  );
}
