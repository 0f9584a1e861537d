"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { isHeld } from "#client/conversations/read-only-reason.ts";
import { useTimeline } from "#client/messages/use-timeline.ts";
import type { Conversation } from "#contracts/conversations.ts";

/** In slow mode: how long members wait between two messages, and how long I still do. */
export function SlowNote({ conversation }: { conversation: Conversation }) {
  const seconds = conversation.rules?.slowSeconds ?? 0;
  return seconds > 0 && isHeld(conversation) ? <Waiting conversationId={conversation.id} pause={seconds} /> : null;
}

function Waiting({ conversationId, pause }: { conversationId: string; pause: number }) {
  const t = useTranslations("messages.slow");
  const me = useMe();
  const { messages } = useTimeline(conversationId);
  const last = messages.findLast(({ senderId, content }) => senderId === me.id && content.kind !== "notice");
  const left = useSecondsTo(last ? Date.parse(last.sentAt) + pause * 1_000 : 0);
  return (
    <p className="mx-auto max-w-3xl px-4 pt-2 text-ink-soft text-sm tabular-nums">
      {left > 0 ? t("wait", { seconds: Math.min(left, pause) }) : t("pause", { seconds: pause })}
    </p>
  );
}

/** Counts down to a time, and stands still after it. */
function useSecondsTo(until: number): number {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` reads the clock and `until`.
  useEffect(() => {
    setSeconds(left());
    if (until <= Date.now()) return;
    const timer = setInterval(() => {
      setSeconds(left());
      if (until <= Date.now()) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}
