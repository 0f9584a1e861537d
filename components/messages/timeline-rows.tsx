"use client";

import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { receiptOf } from "#client/messages/receipts.ts";
import type { useOutbox } from "#client/messages/use-outbox.ts";
import { useReceipts } from "#client/messages/use-receipts.ts";
import type { People } from "#client/people/use-people.ts";
import { composerId } from "#components/messages/message-field.tsx";
import { MessageRow } from "#components/messages/message-row.tsx";
import { isStored, type Row } from "#components/messages/rows.ts";
import { DaySeparator, NoticeRow, UnreadDivider } from "#components/messages/separators.tsx";
import { useRovingRows } from "#components/messages/use-roving-rows.ts";
import { lowestVisible } from "#components/messages/use-scroll-anchor.ts";
import type { TimelineScroll } from "#components/messages/use-timeline-scroll.ts";
import type { useVisibleTimeline } from "#components/messages/use-visible-timeline.ts";
import type { Conversation } from "#contracts/conversations.ts";
import { allows } from "#contracts/messages/kinds/index.ts";

type RowsProps = {
  conversation: Conversation;
  timeline: ReturnType<typeof useVisibleTimeline>;
  rows: Row[];
  people: People;
  outbox: ReturnType<typeof useOutbox>;
  reading: TimelineScroll;
  flashSeq: number | null;
};

export function TimelineRows(props: RowsProps) {
  const { timeline, rows, reading } = props;
  const t = useTranslations("messages");
  const toComposer = useCallback(() => document.getElementById(composerId)?.focus(), []);
  const onScroll = () => {
    reading.onScroll();
    if (reading.scroller.current && reading.list.current) {
      roving.follow(lowestVisible(reading.scroller.current, reading.list.current));
    }
  };
  const elements = useRowElements(props);
  const roving = useRovingRows(reading.list, rows, toComposer);
  return (
    <div
      ref={reading.scroller}
      onScroll={onScroll}
      className="pane-scroll relative min-h-0 flex-1 [overflow-anchor:none]"
    >
      <div className="flex min-h-full flex-col justify-end pb-3">
        <div className="flex min-h-12 items-center justify-center px-4 text-ink-soft text-sm">
          {timeline.hasOlder && timeline.loadingOlder ? <Spinner label={t("loadingOlder")} /> : null}
          {timeline.status === "pending" ? <Spinner label={t("loading")} late /> : null}
          {timeline.status === "ready" && !timeline.hasOlder ? t("beginning") : null}
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the articles inside; here they are only caught. */}
        <div ref={reading.list} onFocus={roving.onFocus} onKeyDown={roving.onKeyDown}>
          {elements}
        </div>
        {timeline.hasNewer ? (
          <div className="flex min-h-12 items-center justify-center">
            {timeline.loadingNewer ? <Spinner label={t("loading")} /> : null}
          </div>
        ) : null}
      </div>
    </div>
  );
}

const none: readonly string[] = [];

function useRowElements({ conversation, timeline, rows, people, outbox, flashSeq }: RowsProps) {
  const me = useMe();
  const nameIn = useDisplayNames();
  const t = useTranslations("messages");
  const named = conversation.kind === "community";
  const marks = useReceipts(conversation);
  return rows.map((row) => {
    if (row.type === "day") return <DaySeparator key={row.key} rowKey={row.key} at={row.at} />;
    if (row.type === "unread") return <UnreadDivider key={row.key} rowKey={row.key} count={row.count} />;
    if (row.type === "notice")
      return <NoticeRow key={row.key} rowKey={row.key} message={row.message} people={people} />;
    const own = row.senderId === me.id;
    const sender = people.get(row.senderId);
    return (
      <MessageRow
        key={row.key}
        rowKey={row.key}
        item={row.item}
        own={own}
        senderId={row.senderId}
        sender={sender}
        senderName={own ? t("you") : nameIn(people, row.senderId, t("someone"))}
        named={named}
        first={row.first}
        last={row.last}
        mine={(isStored(row.item) && timeline.ownReactions[row.item.seq]) || none}
        starred={isStored(row.item) && timeline.starred.has(row.item.seq) && allows(row.item.content.kind, "star")}
        people={isStored(row.item) && row.item.reactions.length > 0 ? people : undefined}
        receipt={own && isStored(row.item) ? receiptOf(marks, row.item) : "sent"}
        flash={flashSeq !== null && isStored(row.item) && row.item.seq === flashSeq}
        onRetry={outbox.retry}
        onDiscard={outbox.discard}
      />
    );
  });
}

function Spinner({ label, late = false }: { label: string; late?: boolean }) {
  return (
    <span role="status" className={late ? "animate-appear" : ""}>
      <LoaderCircle aria-hidden className="size-5 animate-spin" />
      <span className="sr-only">{label}</span>
    </span>
  );
}
