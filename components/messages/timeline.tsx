"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { unreadOf } from "#client/conversations/unread.ts";
import { notYetStored, type useOutbox } from "#client/messages/use-outbox.ts";
import { useSelectionUpkeep } from "#client/messages/use-selection.ts";
import { useTimeline } from "#client/messages/use-timeline.ts";
import { usePeople } from "#client/people/use-people.ts";
import { Announcer } from "#components/messages/announcer.tsx";
import { Backdrop } from "#components/messages/backdrop.tsx";
import { DayPill } from "#components/messages/day-pill.tsx";
import { JumpToLatest, JumpToMention } from "#components/messages/jump-to-latest.tsx";
import { buildRows } from "#components/messages/rows.ts";
import { TimelineRows } from "#components/messages/timeline-rows.tsx";
import { useInitialPosition } from "#components/messages/use-initial-position.ts";
import { useRowWindow } from "#components/messages/use-row-window.ts";
import { useTimelineScroll } from "#components/messages/use-timeline-scroll.ts";
import { useVisibleTimeline } from "#components/messages/use-visible-timeline.ts";
import { ErrorState } from "#components/ui/states.tsx";
import type { Conversation } from "#contracts/conversations.ts";
import type { Message } from "#contracts/messages/message.ts";

type TimelineProps = {
  conversation: Conversation;
  outbox: ReturnType<typeof useOutbox>;
  target: number | null;
};

/** Everyone who wrote here or is named by a notice. */
function useNamed(messages: Message[]) {
  const ids = useMemo(() => {
    const named = new Set<string>();
    for (const { senderId, content, reactions } of messages) {
      named.add(senderId);
      for (const { personIds } of reactions) for (const id of personIds) named.add(id);
      if (typeof content.personId === "string") named.add(content.personId);
    }
    return [...named].sort();
  }, [messages]);
  return usePeople(ids);
}

export function Timeline({ conversation, outbox, target }: TimelineProps) {
  const t = useTranslations("messages");
  const me = useMe();
  const opening = useInitialPosition(conversation, target);
  const timeline = useVisibleTimeline(conversation.id, useTimeline(conversation.id, opening.around));
  const { messages, status, retry } = timeline;
  const pending = useMemo(() => notYetStored(outbox.pending, messages), [outbox.pending, messages]);
  const people = useNamed(messages);
  useSelectionUpkeep(conversation.id, messages);
  const { firstUnread, unreadCount } = opening;
  const rows = useMemo(
    // What is still being sent belongs after the newest message, not after a page of the past.
    () => buildRows({ messages, pending: timeline.hasNewer ? [] : pending, myId: me.id, firstUnread, unreadCount }),
    [messages, pending, timeline.hasNewer, me.id, firstUnread, unreadCount],
  );
  const rowWindow = useRowWindow(rows);
  const reading = useTimelineScroll({ conversation, opening, timeline, rowWindow, pendingCount: pending.length });

  return (
    <section aria-label={t("region")} className="relative isolate flex min-h-0 flex-1 flex-col">
      <Backdrop />
      {status === "error" ? <ErrorState onRetry={retry} /> : null}
      <TimelineRows
        conversation={conversation}
        timeline={timeline}
        rows={rowWindow.shown}
        people={people}
        outbox={outbox}
        reading={reading}
        flashSeq={opening.start?.how === "flash" ? opening.start.seq : null}
      />
      <DayPill scroller={reading.scroller} list={reading.list} rows={rowWindow.shown} hidden={reading.atEnd} />
      <JumpToMention shown={status === "ready" && !reading.atEnd} conversation={conversation} />
      <JumpToLatest
        shown={status === "ready" && !reading.atEnd}
        count={unreadOf(conversation)}
        onJump={reading.jumpToLatest}
      />
      <Announcer messages={messages} pending={pending} people={people} openedAt={opening.openedAt} />
    </section>
  );
}
