"use client";

import { Plus, Settings2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Tabs } from "radix-ui";
import { useState } from "react";
import { useRecents } from "#client/stickers/use-recents.ts";
import { useStickers } from "#client/stickers/use-stickers.ts";
import { AddPackDialog } from "#components/stickers/add-pack-dialog.tsx";
import { PackDialog, type ShownSticker } from "#components/stickers/pack-dialog.tsx";
import { StickerGrid } from "#components/stickers/sticker-grid.tsx";
import { type Shelf, useShelves } from "#components/stickers/use-shelves.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import type { Sticker } from "#contracts/stickers.ts";

type ShelvesProps = { onChoose: (sticker: Sticker) => void };

/** Favourites, what was used lately, and every pack. */
export function StickerShelves({ onChoose }: ShelvesProps) {
  const { status, retry } = useStickers();
  return (
    <QueryView status={status} retry={retry}>
      <Shelves onChoose={onChoose} />
    </QueryView>
  );
}

function Shelves({ onChoose }: ShelvesProps) {
  const t = useTranslations("stickers");
  const { recents, remember } = useRecents();
  // What is pressed stays in its place: what was used lately is put in order when a shelf is opened.
  const [ordered, setOrdered] = useState(recents);
  const shelves = useShelves(ordered);
  const first = shelves.find(({ stickers }) => stickers.length > 0) ?? shelves[0];
  const [shown, setShown] = useState(first?.value ?? "");
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<{ packId: string; sticker?: ShownSticker } | null>(null);
  // A pack that was removed takes its tab with it.
  const current = shelves.find(({ value }) => value === shown) ?? first;
  const pack = current?.pack;
  const show = (value: string) => {
    setShown(value);
    setOrdered(recents);
  };
  const choose = (sticker: Sticker) => {
    remember(sticker.id);
    onChoose(sticker);
  };
  const ask = ({ id: stickerId, packId, label, picture }: Sticker) =>
    setAsked({ packId, sticker: { stickerId, label, picture } });
  return (
    <Tabs.Root value={current?.value ?? ""} onValueChange={show} className="flex min-h-0 flex-1 flex-col">
      {shelves.map((shelf) => (
        <ShelfContent key={shelf.value} shelf={shelf} onChoose={choose} onAsk={ask} />
      ))}
      <div className="flex items-center gap-1 border-line border-t px-2 py-1 sm:px-4">
        <ShelfTabs shelves={shelves} />
        {pack ? (
          <IconButton label={t("aboutPack", { name: current.name })} onClick={() => setAsked({ packId: pack.id })}>
            <Settings2 aria-hidden />
          </IconButton>
        ) : null}
        <IconButton label={t("add.title")} onClick={() => setAdding(true)}>
          <Plus aria-hidden />
        </IconButton>
      </div>
      <AddPackDialog open={adding} onClose={() => setAdding(false)} onAdded={show} />
      {asked ? <PackDialog {...asked} open onClose={() => setAsked(null)} /> : null}
    </Tabs.Root>
  );
}

type ContentProps = { shelf: Shelf; onChoose: (sticker: Sticker) => void; onAsk: (sticker: Sticker) => void };

function ShelfContent({ shelf: { value, name, stickers, pack }, onChoose, onAsk }: ContentProps) {
  const t = useTranslations("stickers");
  return (
    <Tabs.Content value={value} tabIndex={-1} className="pane-scroll min-h-0 flex-1 px-2 pt-2 sm:px-4">
      {stickers.length > 0 ? (
        <StickerGrid label={name} stickers={stickers} size={pack?.size ?? "large"} onChoose={onChoose} onAsk={onAsk} />
      ) : (
        <p className="px-6 py-14 text-center text-ink-soft">
          {t(value === "recents" ? "recentsEmpty" : "favouritesEmpty")}
        </p>
      )}
    </Tabs.Content>
  );
}

function ShelfTabs({ shelves }: { shelves: readonly Shelf[] }) {
  const t = useTranslations("stickers");
  return (
    <Tabs.List aria-label={t("packsLabel")} className="pane-scroll flex min-w-0 flex-1 gap-1 overflow-y-hidden">
      {shelves.map(({ value, name, icon }) => (
        <Tabs.Trigger
          key={value}
          value={value}
          aria-label={name}
          title={name}
          className="flex size-11 shrink-0 items-center justify-center rounded-xl text-ink-soft hover:bg-hover data-[state=active]:bg-accent-soft data-[state=active]:text-accent-ink [&>svg]:size-5"
        >
          {icon}
        </Tabs.Trigger>
      ))}
    </Tabs.List>
  );
}
