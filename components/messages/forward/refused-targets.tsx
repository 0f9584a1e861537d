"use client";

import { useTranslations } from "next-intl";
import { useTargets } from "#components/messages/forward/use-targets.ts";
import { useRefusalText } from "#components/ui/use-refusal-text.ts";
import type { Forwarded } from "#contracts/messages/forward.ts";

/** The targets that did not take the messages, and why; they stay chosen, to try again. */
export function RefusedTargets({ results }: { results: readonly Forwarded[] }) {
  const t = useTranslations("messages.forward");
  const sentence = useRefusalText();
  const { all } = useTargets("");
  if (results.length === 0) return null;
  const nameOf = (id: string) => all.find(({ key }) => key === id)?.label ?? t("unknown");
  return (
    <div role="alert" className="rounded-xl bg-danger-soft px-3 py-2 text-sm">
      <p className="font-medium">{t("refused")}</p>
      <ul>
        {results.map(({ conversationId, reason, retryAfter }) => (
          <li key={conversationId}>
            <bdi className="font-medium">{nameOf(conversationId)}</bdi>{" "}
            {sentence(reason ?? "internal_error", retryAfter === null ? {} : { retryAfter })}
          </li>
        ))}
      </ul>
    </div>
  );
}
