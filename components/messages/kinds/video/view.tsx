"use client";

import { Maximize2, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useFileAddress } from "#client/media/use-upload.ts";
import { itemsIn } from "#client/messages/media-items.ts";
import { Lightbox } from "#components/media/lazy-lightbox.ts";
import { aroundOf } from "#components/media/lightbox-around.ts";
import { fitWithin, PictureView } from "#components/media/picture-view.tsx";
import { UploadRing } from "#components/media/upload-ring.tsx";
import { useClock } from "#components/media/use-clock.ts";
import { Caption } from "#components/messages/caption.tsx";
import type { MessageViewProps } from "#components/messages/kinds/views.ts";

/** A poster with the duration; the video is not loaded before it is played, here or in the lightbox. */
export function VideoView({ content, clientId, conversationId, senderId, seq }: MessageViewProps<"video">) {
  const { video, poster, caption } = content;
  const t = useTranslations("media");
  const clock = useClock();
  const [playing, setPlaying] = useState(false);
  const [large, setLarge] = useState(false);
  const items = useMemo(() => itemsIn({ content, seq }), [content, seq]);
  const address = useFileAddress(video.fileId, "original");
  const place = fitWithin(video.width, video.height);
  return (
    <div style={{ width: place.width }} className="max-w-full">
      <div className="relative bg-black" style={{ aspectRatio: `${place.width} / ${place.height}` }}>
        {playing ? (
          // biome-ignore lint/a11y/useMediaCaption: uploaded videos have no captions.
          <video src={address} controls autoPlay playsInline className="absolute inset-0 size-full" />
        ) : (
          <button
            type="button"
            tabIndex={-1}
            onClick={() => setPlaying(true)}
            aria-label={t("playVideo", { length: clock(video.durationMs) })}
            className="absolute inset-0 size-full"
          >
            {poster ? <PictureView picture={poster} alt="" /> : null}
            <span className="absolute inset-0 m-auto flex size-14 items-center justify-center rounded-full bg-black/55 text-white">
              <Play aria-hidden className="size-6 translate-x-0.5 fill-current" />
            </span>
            <span className="absolute start-1.5 top-1.5 rounded-full bg-black/55 px-2 text-white text-xs leading-5">
              {clock(video.durationMs)}
            </span>
          </button>
        )}
        {playing ? null : (
          <button
            type="button"
            tabIndex={-1}
            aria-label={t("enlarge")}
            title={t("enlarge")}
            onClick={() => setLarge(true)}
            className="absolute end-1.5 top-1.5 flex size-8 items-center justify-center rounded-full bg-black/55 text-white"
          >
            <Maximize2 aria-hidden className="size-4" />
          </button>
        )}
        <UploadRing fileId={video.fileId} clientId={clientId} />
      </div>
      <Caption text={caption} />
      {large ? (
        <Lightbox
          items={items}
          at={0}
          around={aroundOf({ conversationId, senderId, seq })}
          onClose={() => setLarge(false)}
        />
      ) : null}
    </div>
  );
}
