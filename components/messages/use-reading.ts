"use client";

import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { useMarkRead } from "#client/conversations/use-mark-read.ts";
import type { useTimeline } from "#client/messages/use-timeline.ts";
import type { Row } from "#components/messages/rows.ts";
import { type Opening, rememberPlace } from "#components/messages/use-opening.ts";
import { lowestVisible, useScrollAnchor } from "#components/messages/use-scroll-anchor.ts";
import type { Conversation } from "#contracts/conversations.ts";

type ReadingInput = {
  conversation: Conversation;
  opening: Opening;
  timeline: ReturnType<typeof useTimeline>;
  rows: Row[];
  pendingCount: number;
};
export type Reading = ReturnType<typeof useReading>;

/** Fetch the next page when less than this many windows of it are left: the edge is then rarely seen. */
const windowsAhead = 2;

/** The seq of the lowest message in view; separators and unsent rows have none, so the one above them counts. */
function lowestSeq(scroller: HTMLElement, list: HTMLElement): number | null {
  let row: Element | null = lowestVisible(scroller, list);
  while (row instanceof HTMLElement && !row.dataset.seq) row = row.previousElementSibling;
  return row instanceof HTMLElement ? Number(row.dataset.seq) : null;
}

function bringIntoView(scroller: HTMLElement, list: HTMLElement, { seq, how }: NonNullable<Opening["start"]>): void {
  const row =
    (how === "divider" ? list.querySelector<HTMLElement>(":scope > [data-unread]") : null) ??
    list.querySelector<HTMLElement>(`:scope > [data-seq="${seq}"]`);
  if (!row) {
    scroller.scrollTop = scroller.scrollHeight;
    return;
  }
  const height = scroller.clientHeight;
  // The divider near the top with a little of the known above it, a target in the middle, a left place where it was.
  const margins = { divider: 64, flash: (height - row.offsetHeight) / 2, resume: height - row.offsetHeight - 8 };
  scroller.scrollTop = row.offsetTop - margins[how];
}

/** Scrolling, paging and marking as read: everything that follows from which rows are in the window. */
export function useReading({ conversation, opening, timeline, rows, pendingCount }: ReadingInput) {
  const { hasOlder, hasNewer, loadOlder, loadNewer, loadingOlder, loadingNewer, showLatest, showAround, status } =
    timeline;
  const { scroller, list, atEnd, measure, stickToEnd } = useScrollAnchor(rows, hasNewer);
  const ready = status === "ready";
  useSeen(conversation.id, ready, scroller, list, rows);

  const fetchAhead = useCallback(() => {
    const element = scroller.current;
    if (!element || !ready) return;
    const ahead = element.clientHeight * windowsAhead;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (hasOlder && !loadingOlder && element.scrollTop < ahead) loadOlder();
    if (hasNewer && !loadingNewer && below < ahead) loadNewer();
  }, [scroller, ready, hasOlder, hasNewer, loadingOlder, loadingNewer, loadOlder, loadNewer]);

  const placed = useRef(false);
  const asked = useRef(false);
  const { messages } = timeline;
  // biome-ignore lint/correctness/useExhaustiveDependencies: pages are asked for when rows came in or the window moved, not when a failed page stops loading: that would ask without end.
  useLayoutEffect(() => {
    if (!ready || !scroller.current || !list.current) return;
    if (!placed.current) {
      const first = messages.at(0)?.seq ?? 0;
      const last = messages.at(-1)?.seq ?? 0;
      const { start } = opening;
      // A conversation seen before opens with the stretch that was loaded then; ask once for the one that is wanted.
      if (start && !asked.current && (start.seq < first || start.seq > last)) {
        asked.current = true;
        showAround(start.seq);
        return;
      }
      placed.current = true;
      if (start) bringIntoView(scroller.current, list.current, start);
      else stickToEnd();
      measure();
    }
    fetchAhead();
  }, [ready, messages]);

  const jumpToLatest = useCallback(() => {
    if (hasNewer) showLatest();
    stickToEnd();
  }, [hasNewer, showLatest, stickToEnd]);

  const sentBefore = useRef(pendingCount);
  useLayoutEffect(() => {
    // Whoever writes wants to see it, wherever they were reading.
    if (pendingCount > sentBefore.current) jumpToLatest();
    sentBefore.current = pendingCount;
  }, [pendingCount, jumpToLatest]);

  const onScroll = useCallback(() => {
    measure();
    fetchAhead();
    if (scroller.current && list.current) {
      const gone = scroller.current.scrollHeight - scroller.current.scrollTop - scroller.current.clientHeight;
      rememberPlace(conversation.id, gone < 80 ? null : lowestSeq(scroller.current, list.current));
    }
  }, [measure, fetchAhead, scroller, list, conversation.id]);

  return { scroller, list, atEnd, onScroll, jumpToLatest };
}

/** What has been in view in a visible tab counts as read; a tab in the background reads nothing. */
function useSeen(
  conversationId: string,
  ready: boolean,
  scroller: { current: HTMLElement | null },
  list: { current: HTMLElement | null },
  rows: Row[],
) {
  const markRead = useMarkRead(conversationId);
  const told = useRef(0);
  const look = useCallback(() => {
    if (!ready || document.visibilityState !== "visible" || !scroller.current || !list.current) return;
    const seq = lowestSeq(scroller.current, list.current);
    if (seq === null || seq <= told.current) return;
    told.current = seq;
    markRead(seq);
  }, [ready, markRead, scroller, list]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows may be in view without any scrolling.
  useEffect(look, [look, rows]);
  useEffect(() => {
    const element = scroller.current;
    element?.addEventListener("scroll", look, { passive: true });
    document.addEventListener("visibilitychange", look);
    return () => {
      element?.removeEventListener("scroll", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [look, scroller]);
}
