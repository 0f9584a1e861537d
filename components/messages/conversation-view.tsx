"use client";

import type { ReactNode } from "react";
import { useOutbox } from "#client/messages/use-outbox.ts";
import { Timeline } from "#components/messages/timeline.tsx";
import type { Conversation } from "#contracts/conversations.ts";

type Outbox = ReturnType<typeof useOutbox>;
type ViewProps = { conversation: Conversation; target: number | null; children: (outbox: Outbox) => ReactNode };

/** The messages and, under them, what writes one: both over the same outbox. */
export function ConversationView({ conversation, target, children }: ViewProps) {
  const outbox = useOutbox(conversation.id);
  return (
    <>
      <Timeline key={target ?? "open"} conversation={conversation} outbox={outbox} target={target} />
      {children(outbox)}
    </>
  );
}
