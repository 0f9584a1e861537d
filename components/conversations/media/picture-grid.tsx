"use client";

import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { useMe } from "#client/accounts/use-me.ts";
import { useDisplayNames } from "#client/friends/use-display-name.ts";
import { itemsOf, type MediaItem } from "#client/messages/media-items.ts";
import { usePeople } from "#client/people/use-people.ts";
import { Lightbox } from "#components/media/lazy-lightbox.ts";
import { PictureView } from "#components/media/picture-view.tsx";
import { useClock } from "#components/media/use-clock.ts";
import { moveStop, stepButtons } from "#components/ui/roving-buttons.ts";
import { useTimes } from "#components/ui/use-times.ts";
import type { Message } from "#contracts/messages/message.ts";

type Month = { name: string; items: MediaItem[] };

/** Pictures and films by month; a press opens them, and from there one goes on through the conversation. */
export function PictureGrid({ messages }: { messages: readonly Message[] }) {
  const { month } = useTimes();
  const items = useMemo(() => itemsOf(messages), [messages]);
  const months = useMemo(() => byMonth(items, month), [items, month]);
  const [shown, setShown] = useState<[MediaItem] | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const nameOf = useTileName(items);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside; here they are only caught.
    <div
      ref={list}
      onKeyDown={(event) => list.current && stepButtons(event, list.current)}
      onFocus={(event) => list.current && moveStop(event, list.current)}
    >
      {months.map(({ name, items: ofMonth }) => (
        <section key={name}>
          <h2 className="px-4 pt-4 pb-2 font-medium text-ink-soft text-sm">{name}</h2>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-0.5 px-0.5">
            {ofMonth.map((item) => (
              <li key={item.key}>
                <Tile item={item} name={nameOf(item)} stop={item === items[0]} onOpen={() => setShown([item])} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {shown ? (
        <Lightbox key={shown[0].key} items={shown} at={0} around={shown[0].source} onClose={() => setShown(null)} />
      ) : null}
    </div>
  );
}

/** They are in order, so those of a month follow each other. */
function byMonth(items: readonly MediaItem[], month: (iso: string) => string): Month[] {
  const months: Month[] = [];
  for (const item of items) {
    const name = item.source ? month(item.source.sentAt) : "";
    const last = months.at(-1);
    if (last?.name === name) last.items.push(item);
    else months.push({ name, items: [item] });
  }
  return months;
}

/** What a tile is to a screen reader. */
function useTileName(items: readonly MediaItem[]): (item: MediaItem) => string {
  const t = useTranslations("conversationMedia");
  const words = useTranslations("messages");
  const meId = useMe().id;
  const people = usePeople(items.flatMap(({ source }) => source?.senderId ?? []));
  const nameIn = useDisplayNames();
  const clock = useClock();
  const { whole } = useTimes();
  return ({ source, film }) => {
    if (!source) return "";
    const name = source.senderId === meId ? words("you") : nameIn(people, source.senderId, words("someone"));
    const time = whole(source.sentAt);
    return film ? t("video", { name, time, length: clock(film.durationMs) }) : t("picture", { name, time });
  };
}

type TileProps = { item: MediaItem; name: string; stop: boolean; onOpen: () => void };

function Tile({ item: { picture, film }, name, stop, onOpen }: TileProps) {
  const clock = useClock();
  return (
    <button
      type="button"
      tabIndex={stop ? 0 : -1}
      aria-label={name}
      aria-haspopup="dialog"
      onClick={onOpen}
      className="relative block aspect-square w-full cursor-zoom-in bg-sunken -outline-offset-2"
    >
      {picture ? <PictureView picture={picture} alt="" /> : null}
      {film ? (
        <span className="absolute start-1 bottom-1 flex items-center gap-1 rounded-full bg-black/60 px-1.5 text-white text-xs leading-5">
          <Play aria-hidden className="size-3 fill-current" />
          {clock(film.durationMs)}
        </span>
      ) : null}
    </button>
  );
}
