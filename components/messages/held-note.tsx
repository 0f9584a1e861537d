"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { PendingMessage } from "#client/messages/use-outbox.ts";
import { useUndo } from "#client/messages/use-undo.ts";
import { composerId } from "#components/messages/message-field.tsx";

/** Under a message that is held before it is sent: how long still, and the way to take it back. */
export function HeldNote({ message, until }: { message: PendingMessage; until: number }) {
  const t = useTranslations("messages.undo");
  const undo = useUndo(message);
  const seconds = useSecondsTo(until);
  if (seconds <= 0) return null;
  return (
    <div className="flex items-center justify-end gap-x-1 pt-0.5 text-sm">
      <span aria-hidden className="px-1 text-ink-soft tabular-nums">
        {t("in", { seconds })}
      </span>
      <button
        type="button"
        className="tap rounded-md px-2 font-medium text-accent-ink hover:bg-hover"
        onClick={() => {
          undo();
          document.getElementById(composerId)?.focus();
        }}
      >
        {t("action")}
      </button>
    </div>
  );
}

function useSecondsTo(until: number): number {
  const left = () => Math.ceil((until - Date.now()) / 1_000);
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` reads the clock and `until`.
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}
