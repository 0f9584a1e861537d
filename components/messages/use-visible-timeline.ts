import { useMemo } from "react";
import { useMarks } from "#client/messages/use-marks.ts";
import type { useTimeline } from "#client/messages/use-timeline.ts";
import type { Message } from "#contracts/messages/message.ts";

const none: Message[] = [];

/** A timeline without the messages that I deleted for me; it is not ready before these are known. */
export function useVisibleTimeline(conversationId: string, timeline: ReturnType<typeof useTimeline>) {
  const marks = useMarks(conversationId);
  const { hidden, status } = marks;
  const { messages } = timeline;
  const visible = useMemo(() => {
    if (status !== "ready") return none;
    return hidden.size === 0 ? messages : messages.filter(({ seq }) => !hidden.has(seq));
  }, [messages, hidden, status]);
  const retry = () => {
    if (timeline.status === "error") timeline.retry();
    if (status === "error") marks.retry();
  };
  return {
    ...timeline,
    status: timeline.status === "ready" ? status : timeline.status,
    retry,
    messages: visible,
    starred: marks.starred,
  };
}
