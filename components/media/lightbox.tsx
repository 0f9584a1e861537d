"use client";

import "yet-another-react-lightbox/plugins/counter.css";
import "yet-another-react-lightbox/styles.css";
import { useTranslations } from "next-intl";
import LightboxBase from "yet-another-react-lightbox";
import Counter from "yet-another-react-lightbox/plugins/counter";
import Download from "yet-another-react-lightbox/plugins/download";
import Zoom from "yet-another-react-lightbox/plugins/zoom";
import { fileAddress } from "#client/media/file-address.ts";
import { useUploads } from "#client/media/use-upload.ts";
import { useBackLayer } from "#components/ui/use-back-layer.ts";
import type { Picture } from "#contracts/media.ts";

type LightboxProps = { pictures: readonly Picture[]; at: number; onClose: () => void };

/** The whole screen for one picture: swipe, pinch, wheel and arrows; Escape and the back gesture close it. */
export function Lightbox({ pictures, at, onClose }: LightboxProps) {
  const t = useTranslations("media.lightbox");
  const uploads = useUploads();
  useBackLayer(true, onClose);
  const slides = pictures.map(({ fileId, width, height }) => ({
    src: uploads.localUrl(fileId) ?? fileAddress(fileId, "display"),
    width,
    height,
    download: `${fileAddress(fileId, "original")}?download`,
  }));
  return (
    <LightboxBase
      open
      index={at}
      close={onClose}
      slides={slides}
      plugins={slides.length > 1 ? [Zoom, Download, Counter] : [Zoom, Download]}
      carousel={{ finite: true, padding: 0 }}
      controller={{ closeOnBackdropClick: true, closeOnPullDown: true }}
      zoom={{ maxZoomPixelRatio: 4, scrollToZoom: true }}
      render={slides.length > 1 ? {} : { buttonPrev: () => null, buttonNext: () => null }}
      labels={{
        Lightbox: t("label"),
        Close: t("close"),
        Previous: t("previous"),
        Next: t("next"),
        Download: t("download"),
        "Zoom in": t("zoomIn"),
        "Zoom out": t("zoomOut"),
        "{index} of {total}": t("count", { index: "{index}", total: "{total}" }),
      }}
    />
  );
}
