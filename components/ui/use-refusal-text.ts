"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";
import { reasonOf } from "#client/refusal.ts";
import type { Reason } from "#contracts/refusals.ts";

export type RefusalParams = Record<string, string | number>;

/** A reason as a sentence. A number that the server left out is 0, and the sentences say nothing about a 0. */
export function useRefusalText(): (reason: Reason, params?: RefusalParams) => string {
  const t = useTranslations("refusals");
  return useCallback((reason, params = {}) => t(reason, { max: 0, min: 0, retryAfter: 0, ...params }), [t]);
}

/** Tells the person why it did not work; with a bug, also the number to report it by. */
export function useShowError(): (error: unknown) => void {
  const t = useTranslations("app");
  const sentence = useRefusalText();
  return useCallback(
    (error) => {
      const { reason, params, requestId } = reasonOf(error);
      const description = reason === "internal_error" && requestId ? t("requestId", { requestId }) : undefined;
      toast.error(sentence(reason, params), { description });
    },
    [sentence, t],
  );
}
