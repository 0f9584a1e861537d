"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import { PackDialog } from "#components/stickers/pack-dialog.tsx";
import { StickerPicture } from "#components/stickers/sticker-picture.tsx";
import { useStickerLabel } from "#components/stickers/use-sticker-label.ts";

/** 表情: nothing around it; the time stands below, not on it. A press shows its pack. */
export function StickerView({ content: sticker }: MessageViewProps<"sticker">) {
  const t = useTranslations("stickers");
  const labelOf = useStickerLabel();
  const [open, setOpen] = useState(false);
  const label = labelOf(sticker.label);
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        aria-label={t("open", { label })}
        onClick={() => setOpen(true)}
        className="block px-1 pb-6"
      >
        <StickerPicture picture={sticker.picture} variant="display" size={136} alt={label} />
      </button>
      <PackDialog packId={sticker.packId} sticker={sticker} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
