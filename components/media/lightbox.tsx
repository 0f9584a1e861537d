"use client";

import "yet-another-react-lightbox/styles.css";
import { MessageSquareText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import LightboxBase, { type Slide } from "yet-another-react-lightbox";
import Download from "yet-another-react-lightbox/plugins/download";
import Video from "yet-another-react-lightbox/plugins/video";
import Zoom from "yet-another-react-lightbox/plugins/zoom";
import { fileAddress } from "#client/media/file-address.ts";
import { useUploads } from "#client/media/use-upload.ts";
import type { MediaItem } from "#client/messages/media-items.ts";
import { usePeople } from "#client/people/use-people.ts";
import { ChatLink } from "#components/conversations/chat-link.tsx";
import { messagePath } from "#components/conversations/chat-route.ts";
import { LightboxFooter } from "#components/media/lightbox-footer.tsx";
import { useLightboxItems } from "#components/media/use-lightbox-items.ts";
import { useBackLayer } from "#components/ui/use-back-layer.ts";

export type LightboxProps = {
  /** What is there at once: the pictures of the message that was pressed. */
  items: readonly MediaItem[];
  at: number;
  /** Where the pictures before and after it are; null: it shows `items` alone. */
  around: { conversationId: string; seq: number } | null;
  onClose: () => void;
};

/**
 * The whole screen for one picture or film, and on to all others of the conversation: swipe, pinch, wheel and arrows;
 * Escape and the back gesture close it.
 */
export function Lightbox(props: LightboxProps) {
  const { items: own, at, onClose } = props;
  const { items, index, view, complete } = useLightboxItems(props);
  const people = usePeople(items.flatMap(({ source }) => source?.senderId ?? []));
  // The film that was pressed plays once its neighbours are there: they move its slide, which would begin it again.
  const slideOf = useSlides(complete ? own[at]?.key : undefined);
  useBackLayer(true, onClose);
  const slides = useMemo(() => items.map(slideOf), [items, slideOf]);
  const source = items[index]?.source;
  const single = slides.length < 2;
  return (
    <LightboxBase
      open
      index={index}
      close={onClose}
      slides={slides}
      plugins={[Zoom, Download, Video]}
      carousel={{ finite: true, padding: 0 }}
      controller={{ closeOnBackdropClick: true, closeOnPullDown: true }}
      zoom={{ maxZoomPixelRatio: 4, scrollToZoom: true }}
      on={{ view }}
      toolbar={{ buttons: [source ? <Jump key="jump" source={source} onGo={onClose} /> : null, "close"] }}
      render={{
        slideFooter: ({ slide }) => {
          const item = items[slides.indexOf(slide)];
          return item ? <LightboxFooter item={item} people={people} /> : null;
        },
        ...(single ? { buttonPrev: () => null, buttonNext: () => null } : {}),
      }}
      labels={useLabels()}
    />
  );
}

/** The form of a slide; that of a film with this key plays by itself. */
function useSlides(playing: string | undefined): (item: MediaItem) => Slide {
  const t = useTranslations("media.lightbox");
  const uploads = useUploads();
  return useMemo(
    () =>
      ({ key, fileId, film, picture, caption }) => {
        const download = `${fileAddress(fileId, "original")}?download`;
        const local = uploads.localUrl(fileId);
        if (!film) {
          const { width = 1, height = 1 } = picture ?? {};
          return {
            src: local ?? fileAddress(fileId, "display"),
            width,
            height,
            alt: caption || t("picture"),
            download,
          };
        }
        return {
          type: "video",
          width: film.width,
          height: film.height,
          ...(picture ? { poster: uploads.localUrl(picture.fileId) ?? fileAddress(picture.fileId, "display") } : {}),
          sources: [{ src: local ?? fileAddress(fileId, "original"), type: film.type }],
          autoPlay: key === playing,
          download,
        };
      },
    [t, uploads, playing],
  );
}

type JumpProps = { source: { conversationId: string; seq: number }; onGo: () => void };

function Jump({ source: { conversationId, seq }, onGo }: JumpProps) {
  const t = useTranslations("media.lightbox");
  return (
    <ChatLink
      href={messagePath(conversationId, seq)}
      onGo={onGo}
      aria-label={t("jump")}
      title={t("jump")}
      className="yarl__button flex items-center justify-center"
    >
      <MessageSquareText aria-hidden className="size-7" />
    </ChatLink>
  );
}

function useLabels() {
  const t = useTranslations("media.lightbox");
  return {
    Lightbox: t("label"),
    "Photo gallery": t("label"),
    Close: t("close"),
    Previous: t("previous"),
    Next: t("next"),
    Download: t("download"),
    "Zoom in": t("zoomIn"),
    "Zoom out": t("zoomOut"),
    // How many there are is not known before all pages are loaded.
    "{index} of {total}": t("item"),
  };
}
