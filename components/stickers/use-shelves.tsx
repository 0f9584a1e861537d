"use client";

import { Clock, Heart } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useStickers } from "#client/stickers/use-stickers.ts";
import { StickerPicture } from "#components/stickers/sticker-picture.tsx";
import { usePackName } from "#components/stickers/use-sticker-label.ts";
import type { Sticker, StickerPack } from "#contracts/stickers.ts";

export type Shelf = {
  value: string;
  name: string;
  icon: ReactNode;
  stickers: readonly Sticker[];
  pack: StickerPack | null;
};

/** Favourites first, then those of `recents` that I still have, then pack by pack. */
export function useShelves(recents: readonly string[]): Shelf[] {
  const t = useTranslations("stickers");
  const { packs, favourites } = useStickers();
  const nameOf = usePackName();
  const known = new Map([...packs.flatMap(({ stickers }) => stickers), ...favourites].map((one) => [one.id, one]));
  const lately = recents.flatMap((id) => known.get(id) ?? []);
  return [
    { value: "favourites", name: t("favourites"), icon: <Heart aria-hidden />, stickers: favourites, pack: null },
    { value: "recents", name: t("recents"), icon: <Clock aria-hidden />, stickers: lately, pack: null },
    ...packs.map((pack) => ({
      value: pack.id,
      name: nameOf(pack),
      icon: <StickerPicture picture={pack.icon} variant="thumb" size={28} alt="" />,
      stickers: pack.stickers,
      pack,
    })),
  ];
}
