"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { itemsIn } from "#client/messages/media-items.ts";
import { Lightbox } from "#components/media/lazy-lightbox.ts";
import { aroundOf } from "#components/media/lightbox-around.ts";
import { type Mosaic, mosaicOf, type Tile } from "#components/media/mosaic.ts";
import { fitWithin, PictureView } from "#components/media/picture-view.tsx";
import { UploadRing } from "#components/media/upload-ring.tsx";
import { Caption } from "#components/messages/caption.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";
import type { Picture } from "#contracts/media.ts";

/**
 * One picture in its own shape, several as a mosaic; a press opens them. The room is kept before anything is there: in
 * parts of the whole, because a narrow bubble shows the same mosaic smaller.
 */
export function ImageView({ content, clientId, conversationId, senderId, seq }: MessageViewProps<"image">) {
  const { pictures, caption } = content;
  const [shown, setShown] = useState<number | null>(null);
  const items = useMemo(() => itemsIn({ content, seq }), [content, seq]);
  const { width, height, tiles } = useMemo(() => layoutOf(pictures), [pictures]);
  return (
    <div style={{ width }} className="max-w-full">
      <div className="relative overflow-hidden" style={{ aspectRatio: `${width} / ${height}` }}>
        {pictures.map((picture, at) => (
          <div key={picture.fileId} className="absolute" style={placeOf({ width, height }, tiles[at])}>
            <Opener
              picture={picture}
              alone={pictures.length === 1}
              at={at}
              count={pictures.length}
              onOpen={() => setShown(at)}
            />
            <UploadRing fileId={picture.fileId} clientId={clientId} />
          </div>
        ))}
      </div>
      <Caption text={caption} />
      {shown === null ? null : (
        <Lightbox
          items={items}
          at={shown}
          around={aroundOf({ conversationId, senderId, seq })}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  );
}

function layoutOf(pictures: readonly Picture[]): Mosaic {
  const [first] = pictures;
  if (!first || pictures.length > 1) return mosaicOf(pictures);
  const size = fitWithin(first.width, first.height);
  return { ...size, tiles: [{ x: 0, y: 0, ...size }] };
}

const gapPx = 2;

/** A tile in parts of the album, with half of the gap taken off at each side that a neighbour has. */
function placeOf(album: { width: number; height: number }, tile: Tile | undefined) {
  if (!tile) return {};
  const side = (at: number, length: number) => `calc(${(100 * at) / length}% + ${at > 0 ? gapPx / 2 : 0}px)`;
  return {
    top: side(tile.y, album.height),
    insetInlineStart: side(tile.x, album.width),
    bottom: side(album.height - tile.y - tile.height, album.height),
    insetInlineEnd: side(album.width - tile.x - tile.width, album.width),
  };
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
