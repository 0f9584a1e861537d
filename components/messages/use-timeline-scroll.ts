"use client";

import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { useMarkRead } from "#client/conversations/use-mark-read.ts";
import type { useTimeline } from "#client/messages/use-timeline.ts";
import type { Row } from "#components/messages/rows.ts";
import { type InitialPosition, saveScrollPosition } from "#components/messages/use-initial-position.ts";
import type { useRowWindow } from "#components/messages/use-row-window.ts";
import { lowestVisible, useScrollAnchor } from "#components/messages/use-scroll-anchor.ts";
import type { Conversation } from "#contracts/conversations.ts";

type ReadingInput = {
  conversation: Conversation;
  opening: InitialPosition;
  timeline: ReturnType<typeof useTimeline>;
  rowWindow: ReturnType<typeof useRowWindow>;
  pendingCount: number;
};
export type TimelineScroll = ReturnType<typeof useTimelineScroll>;

/** Fetch the next page when less than this many windows of it are left: the edge is then rarely seen. */
const windowsAhead = 2;

/** The seq of the lowest message in view; separators and unsent rows have none, so the one above them counts. */
function lowestSeq(scroller: HTMLElement, list: HTMLElement): number | null {
  let row: Element | null = lowestVisible(scroller, list);
  while (row instanceof HTMLElement && !row.dataset.seq) row = row.previousElementSibling;
  return row instanceof HTMLElement ? Number(row.dataset.seq) : null;
}

function bringIntoView(
  scroller: HTMLElement,
  list: HTMLElement,
  { seq, how }: NonNullable<InitialPosition["start"]>,
): void {
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
export function useTimelineScroll(input: ReadingInput) {
  const { conversation, timeline, rowWindow, pendingCount } = input;
  const { hasNewer, showLatest } = timeline;
  const anchor = useScrollAnchor(rowWindow.shown, hasNewer || rowWindow.moreBelow);
  const { scroller, list, atEnd, follow, stickToEnd } = anchor;
  useSeen(conversation.id, timeline.status === "ready", scroller, list, rowWindow.shown);
  const fetchAhead = useFetchAhead(input, scroller);
  usePlacing(input, anchor, fetchAhead);

  const { toEnd } = rowWindow;
  const jumpToLatest = useCallback(() => {
    toEnd();
    if (hasNewer) showLatest();
    stickToEnd();
  }, [toEnd, hasNewer, showLatest, stickToEnd]);

  const sentBefore = useRef(pendingCount);
  useLayoutEffect(() => {
    // Sending a message scrolls to it, whatever was on screen.
    if (pendingCount > sentBefore.current) jumpToLatest();
    sentBefore.current = pendingCount;
  }, [pendingCount, jumpToLatest]);

  const isJump = input.opening.start?.how === "flash";
  const onScroll = useCallback(() => {
    follow();
    fetchAhead();
    // At a message that a link leads to, the place before it is kept: going back leads there.
    if (!isJump && scroller.current && list.current) {
      const below = scroller.current.scrollHeight - scroller.current.scrollTop - scroller.current.clientHeight;
      saveScrollPosition(conversation.id, below < 80 ? null : lowestSeq(scroller.current, list.current));
    }
  }, [follow, fetchAhead, scroller, list, conversation.id, isJump]);

  return { scroller, list, atEnd, onScroll, jumpToLatest };
}

/** Near an edge of what is drawn: draw more of what is loaded, and when that is all, load more. */
function useFetchAhead({ timeline, rowWindow }: ReadingInput, scroller: { current: HTMLElement | null }) {
  const { status, hasOlder, hasNewer, loadOlder, loadNewer, loadingOlder, loadingNewer } = timeline;
  const { moreAbove, moreBelow, up, down } = rowWindow;
  return useCallback(() => {
    const element = scroller.current;
    if (!element || status !== "ready") return;
    const ahead = element.clientHeight * windowsAhead;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    const nearTop = element.scrollTop < ahead;
    const nearEnd = below < ahead;
    if (nearTop && moreAbove) up();
    else if (nearTop && hasOlder && !loadingOlder) loadOlder();
    else if (nearEnd && moreBelow) down();
    else if (nearEnd && hasNewer && !loadingNewer) loadNewer();
  }, [
    scroller,
    status,
    hasOlder,
    hasNewer,
    loadOlder,
    loadNewer,
    loadingOlder,
    loadingNewer,
    moreAbove,
    moreBelow,
    up,
    down,
  ]);
}

/** Puts the window where the conversation opens, once; afterwards looks at the edges whenever rows came or went. */
function usePlacing(
  { opening: { start }, timeline, rowWindow }: ReadingInput,
  { scroller, list, measure, stickToEnd }: ReturnType<typeof useScrollAnchor>,
  fetchAhead: () => void,
) {
  const placed = useRef(false);
  const asked = useRef(false);
  const { messages, showAround } = timeline;
  const { shown, show } = rowWindow;
  const ready = timeline.status === "ready";
  // biome-ignore lint/correctness/useExhaustiveDependencies: pages are asked for when rows came in or the window moved, not when a failed page stops loading: that would ask without end.
  useLayoutEffect(() => {
    if (!ready || !scroller.current || !list.current) return;
    if (!placed.current && start && !asked.current) {
      const first = messages.at(0)?.seq ?? 0;
      const last = messages.at(-1)?.seq ?? 0;
      asked.current = true;
      // A conversation seen before opens with the stretch that was loaded then, which may end before the one wanted.
      if (start.seq < first || start.seq > last) {
        showAround(start.seq);
        return;
      }
      show(start.seq);
      if (!list.current.querySelector(`:scope > [data-seq="${start.seq}"]`)) return;
    }
    if (!placed.current) {
      placed.current = true;
      if (start) bringIntoView(scroller.current, list.current, start);
      else stickToEnd();
      measure();
    }
    fetchAhead();
  }, [ready, shown]);
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
