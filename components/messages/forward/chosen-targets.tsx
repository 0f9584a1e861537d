"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Target } from "#components/messages/forward/use-targets.ts";

type ChosenProps = { targets: readonly Target[]; onRemove: (target: Target) => void };

/** The chosen conversations; a press takes one out. */
export function ChosenTargets({ targets, onRemove }: ChosenProps) {
  const t = useTranslations("messages.forward");
  if (targets.length === 0) return null;
  return (
    <ul aria-label={t("chosen")} className="mt-2 flex flex-wrap gap-1.5">
      {targets.map((target) => (
        <li key={target.key} className="max-w-full">
          <button
            type="button"
            aria-label={t("remove", { name: target.label })}
            onClick={() => onRemove(target)}
            className="inline-flex min-h-8 max-w-full items-center gap-1 rounded-full bg-accent-soft ps-3 pe-2 text-accent-ink text-sm hover:bg-hover pointer-coarse:min-h-11"
          >
            <bdi className="truncate">{target.label}</bdi>
            <X aria-hidden className="size-4 shrink-0" />
          </button>
        </li>
      ))}
    </ul>
  );
}
