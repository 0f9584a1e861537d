"use client";

import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { stateOf } from "#client/query-state.ts";
import { useTRPC } from "#client/trpc.ts";
import { SourceLine, sourceOf } from "#components/messages/forward/source-line.tsx";
import { RecordCard } from "#components/messages/kinds/record/record-card.tsx";
import { useRecordTitle } from "#components/messages/kinds/record/record-title.ts";
import { viewOf } from "#components/messages/kinds/views.ts";
import { usePreviewText } from "#components/messages/use-preview-text.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { useTimes } from "#components/ui/use-times.ts";
import type { RecordItem } from "#contracts/messages/forward.ts";
import { type ContentOf, content } from "#contracts/messages/kinds/index.ts";

type Ref = { conversationId: string; seq: number };
type SheetProps = { record: ContentOf<"record">; message: Ref; onClose: () => void };

/** The messages of a record, asked for when it is opened. */
export function RecordSheet({ record, message, onClose }: SheetProps) {
  const query = useQuery({ ...useTRPC().messages.record.queryOptions(message), staleTime: 60_000, gcTime: 0 });
  const { status, retry } = stateOf(query);
  return (
    <Dialog open onOpenChange={onClose} title={useRecordTitle()(record)}>
      <QueryView status={status} retry={retry}>
        <Items items={query.data?.items ?? []} message={message} path="" />
      </QueryView>
    </Dialog>
  );
}

type ItemsProps = {
  items: readonly RecordItem[];
  message: Ref;
  /** Where these items are inside the record: what its players are known by. */
  path: string;
};

function Items({ items, message, path }: ItemsProps) {
  const list = useRef<HTMLOListElement>(null);
  // In the timeline the arrows lead to what is in a message; here there is only the Tab key.
  useLayoutEffect(() => {
    for (const one of list.current?.querySelectorAll<HTMLElement>("a, button") ?? []) one.tabIndex = 0;
  });
  return (
    <ol ref={list} className="flex flex-col gap-4">
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items of a record never change.
        <Item key={at} item={item} message={message} path={`${path}/${at}`} />
      ))}
    </ol>
  );
}

function Item({ item, message, path }: { item: RecordItem; message: Ref; path: string }) {
  const { whole } = useTimes();
  const source = sourceOf(item.content);
  return (
    <li className="min-w-0">
      <p className="flex flex-wrap items-baseline gap-x-2 text-ink-soft text-xs">
        <bdi className="min-w-0 max-w-full truncate font-medium text-accent-ink text-sm">{item.name}</bdi>
        <time dateTime={item.sentAt}>{whole(item.sentAt)}</time>
      </p>
      {source === null ? null : <SourceLine name={source} />}
      <div className="mt-1 inline-block max-w-full overflow-hidden break-words rounded-2xl bg-sunken">
        <Body item={item} message={message} path={path} />
      </div>
    </li>
  );
}

/** The same bodies as in the timeline; text and notes get the padding that a bubble gives them. */
function Body({ item, message, path }: { item: RecordItem; message: Ref; path: string }) {
  const previewText = usePreviewText();
  const known = content.safeParse(item.content).data ?? null;
  const kind = viewOf(known);
  if (known?.kind === "record") return <Inner record={known} items={item.items ?? []} message={message} path={path} />;
  const frame = known && kind ? (typeof kind.frame === "function" ? kind.frame(known) : kind.frame) : "text";
  const clientId = `${message.conversationId}/${message.seq}${path}`;
  const body =
    known && kind ? (
      // As if it were mine: nothing inside waits to be heard, and no voice plays on to the next.
      <kind.View content={known} own {...message} {...{ clientId }} senderId="" />
    ) : (
      previewText(item.content.kind, item.preview)
    );
  if (frame === "text" || frame === "emoji")
    return (
      <div dir="auto" className="whitespace-pre-wrap px-3 py-1.5">
        {body}
      </div>
    );
  return <div className={frame === "bare" ? "" : "pb-2"}>{body}</div>;
}

/** A record inside a record opens above it; Back and Escape lead out again, one by one. */
function Inner({ record, items, message, path }: ItemsProps & { record: ContentOf<"record"> }) {
  const [open, setOpen] = useState(false);
  const title = useRecordTitle()(record);
  return (
    <>
      <RecordCard record={record} onOpen={() => setOpen(true)} />
      <Dialog open={open} onOpenChange={setOpen} title={title}>
        <Items items={items} message={message} path={path} />
      </Dialog>
    </>
  );
}
