"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { fitWithin, PictureView } from "#components/media/picture-view.tsx";
import { UploadRing } from "#components/media/upload-ring.tsx";
import { Caption } from "#components/messages/caption.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import type { Picture } from "#contracts/media.ts";

const Lightbox = dynamic(() => import("#components/media/lightbox.tsx").then((module) => module.Lightbox));

const cell = 104;
const columnsFor = (count: number) => (count === 1 ? 1 : count === 2 || count === 4 ? 2 : 3);

/** One picture in its own shape, several in a grid; a press opens them. The place is kept before anything is there. */
export function ImageView({ content: { pictures, caption }, clientId }: MessageViewProps<"image">) {
  const [shown, setShown] = useState<number | null>(null);
  const columns = columnsFor(pictures.length);
  const [first] = pictures;
  const single = columns === 1 && first ? fitWithin(first.width, first.height) : null;
  const width = single ? single.width : columns * cell;
  return (
    <div style={{ width }} className="max-w-full">
      <div className="grid gap-0.5" style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
        {pictures.map((picture, at) => (
          <div
            key={picture.fileId}
            className="relative"
            style={{ aspectRatio: single ? `${single.width} / ${single.height}` : "1" }}
          >
            <Opener
              picture={picture}
              alone={columns === 1}
              at={at}
              count={pictures.length}
              onOpen={() => setShown(at)}
            />
            <UploadRing fileId={picture.fileId} clientId={clientId} />
          </div>
        ))}
      </div>
      <Caption text={caption} />
      {shown === null ? null : <Lightbox pictures={pictures} at={shown} onClose={() => setShown(null)} />}
    </div>
  );
}

type OpenerProps = { picture: Picture; alone: boolean; at: number; count: number; onOpen: () => void };

function Opener({ picture, alone, at, count, onOpen }: OpenerProps) {
  const t = useTranslations("media");
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={onOpen}
      aria-label={t("open", { number: at + 1, count })}
      className="absolute inset-0 cursor-zoom-in"
    >
      <PictureView picture={picture} alt="" variant={picture.animated && alone ? "display" : "thumb"} />
    </button>
  );
}
