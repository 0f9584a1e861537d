"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Reply } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { lastEditable } from "#client/messages/last-editable.ts";
import type { Timeline } from "#client/messages/reduce-timeline.ts";
import { useComposeTarget } from "#client/messages/use-compose-target.ts";
import type { Send } from "#client/messages/use-outbox.ts";
import { timelineKey } from "#client/realtime/query-keys.ts";
import { ReplyBar } from "#components/messages/quote-view.tsx";

/**
 * What the composer answers: the bar above the field, `send` that names the answered message in what is sent next, and
 * keys of the field: Escape gives the reply up, the arrow up in an empty field edits my last message.
 */
export function useReply(conversationId: string, onSend: Send, area: RefObject<HTMLTextAreaElement | null>) {
  const [target, setTarget] = useComposeTarget(conversationId);
  const queryClient = useQueryClient();
  const meId = useMe().id;
  const seq = target?.action === "reply" ? target.seq : null;

  // What another device answers does not move the focus of this one.
  const chosenHere = !target?.elsewhere;
  useEffect(() => {
    if (seq !== null && chosenHere) area.current?.focus({ preventScroll: true });
  }, [seq, chosenHere, area]);

  /** What a message that is sent next carries. */
  const answer = seq === null ? {} : { replyTo: seq };
  const send: Send = (content, optimistic, batch) => {
    if (seq === null) return onSend(content, optimistic, batch);
    onSend({ ...content, ...answer }, { ...optimistic, ...answer }, batch);
    setTarget(null);
  };
  const onKeyDown = (event: KeyboardEvent, text: string) => {
    if (event.key === "Escape" && seq !== null) setTarget(null);
    else if (event.key === "ArrowUp" && text === "") {
      const last = lastEditable(queryClient.getQueryData<Timeline>(timelineKey(conversationId)), meId, Date.now());
      if (!last) return;
      setTarget({ action: "edit", seq: last.seq });
    } else return;
    event.preventDefault();
  };
  const bar: ReactNode =
    seq === null ? null : (
      <ReplyBar conversationId={conversationId} seq={seq} icon={<Reply />} onCancel={() => setTarget(null)} />
    );
  return { send, answer, done: () => setTarget(null), onKeyDown, bar };
}
