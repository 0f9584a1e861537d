"use client";

import { Heart, HeartOff, PackagePlus, PackageX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  useFavourite,
  useInstallPack,
  useRemovePack,
  useStickerPack,
  useStickers,
  useUnfavourite,
} from "#client/stickers/use-stickers.ts";
import { StickerGrid } from "#components/stickers/sticker-grid.tsx";
import { StickerPicture } from "#components/stickers/sticker-picture.tsx";
import { usePackName, useStickerLabel } from "#components/stickers/use-sticker-label.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { QueryView } from "#components/ui/query-view.tsx";
import { useShowError } from "#components/ui/use-refusal-text.ts";
import type { Picture } from "#contracts/media.ts";
import type { StickerPack } from "#contracts/stickers.ts";

export type ShownSticker = { stickerId: string; label: string; picture: Picture };
type PackDialogProps = { packId: string; sticker?: ShownSticker; open: boolean; onClose: () => void };

/**
 * The pack of a sticker and what can be done with both. Without a sticker: the pack alone, until one in it is pressed.
 */
export function PackDialog({ open, onClose, ...rest }: PackDialogProps) {
  const t = useTranslations("stickers");
  return (
    <Dialog open={open} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())} title={t("pack")}>
      <Inside {...rest} onRemoved={onClose} />
    </Dialog>
  );
}

type InsideProps = Pick<PackDialogProps, "packId" | "sticker"> & { onRemoved: () => void };

function Inside({ packId, sticker, onRemoved }: InsideProps) {
  const [shown, setShown] = useState(sticker);
  const { pack, status, retry } = useStickerPack(packId);
  return (
    <>
      {shown ? <Favouring sticker={shown} /> : null}
      <QueryView status={status} retry={retry}>
        {pack ? <PackMetadata pack={pack} onShow={setShown} onRemoved={onRemoved} /> : null}
      </QueryView>
    </>
  );
}

function Favouring({ sticker: { stickerId, label, picture } }: { sticker: ShownSticker }) {
  const t = useTranslations("stickers");
  const labelOf = useStickerLabel();
  const { favourites } = useStickers();
  const [favourite, unfavourite] = [useFavourite(), useUnfavourite()];
  const onError = useShowError();
  const loved = favourites.some(({ id }) => id === stickerId);
  const change = loved ? unfavourite : favourite;
  return (
    <div className="flex flex-col items-center gap-3 pb-4">
      <StickerPicture picture={picture} variant="display" size={160} alt={labelOf(label)} />
      <Button variant="secondary" busy={change.isPending} onClick={() => change.mutate({ stickerId }, { onError })}>
        {loved ? <HeartOff aria-hidden className="size-4.5" /> : <Heart aria-hidden className="size-4.5" />}
        {t(loved ? "unfavourite" : "favourite")}
      </Button>
    </div>
  );
}

type PackFactsProps = { pack: StickerPack; onShow: (sticker: ShownSticker) => void; onRemoved: () => void };

function PackMetadata({ pack, onShow, onRemoved }: PackFactsProps) {
  const t = useTranslations("stickers");
  const nameOf = usePackName();
  const [keep, remove] = [useInstallPack(), useRemovePack()];
  const onError = useShowError();
  const packId = pack.id;
  return (
    <section aria-label={nameOf(pack)} className="border-line border-t pt-3">
      <div className="flex items-center gap-3 pb-3">
        <bdi className="min-w-0 flex-1 truncate font-medium">{nameOf(pack)}</bdi>
        {pack.key !== null ? <span className="text-ink-soft text-sm">{t("ours")}</span> : null}
        {pack.key === null && !pack.installed ? (
          <Button busy={keep.isPending} onClick={() => keep.mutate({ packId }, { onError })}>
            <PackagePlus aria-hidden className="size-4.5" />
            {t("keep")}
          </Button>
        ) : null}
        {pack.key === null && pack.installed ? (
          <Button
            variant="dangerSecondary"
            busy={remove.isPending}
            onClick={() => remove.mutate({ packId }, { onError, onSuccess: onRemoved })}
          >
            <PackageX aria-hidden className="size-4.5" />
            {t("remove")}
          </Button>
        ) : null}
      </div>
      <StickerGrid
        label={nameOf(pack)}
        stickers={pack.stickers}
        size="medium"
        onChoose={({ id, label, picture }) => onShow({ stickerId: id, label, picture })}
      />
    </section>
  );
}
