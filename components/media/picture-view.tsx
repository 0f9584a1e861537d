"use client";

import { ImageOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFileAddress } from "#client/media/use-upload.ts";
import { blurOf } from "#components/media/blur.ts";
import type { Picture, Variant } from "#contracts/media.ts";

type PictureProps = {
  picture: Pick<Picture, "fileId" | "width" | "height" | "thumbhash">;
  variant?: Variant;
  alt: string;
  className?: string;
};

/** Fills the place that its parent keeps for it: first a blur that came with the message, then the picture. */
export function PictureView({ picture, variant = "thumb", alt, className = "" }: PictureProps) {
  const t = useTranslations("media");
  const address = useFileAddress(picture.fileId, variant);
  const [state, setState] = useState<"coming" | "there" | "broken">("coming");
  const blur = blurOf(picture.thumbhash);
  return (
    <span
      className={`relative block size-full overflow-hidden bg-sunken bg-cover bg-center ${className}`}
      style={blur && state !== "there" ? { backgroundImage: `url(${blur})` } : undefined}
    >
      {state === "broken" ? (
        <span className="absolute inset-0 flex items-center justify-center text-ink-soft">
          <ImageOff role="img" aria-label={t("notThere")} className="size-7" />
        </span>
      ) : (
        // biome-ignore lint/performance/noImgElement: variants are made once, on upload; nothing is left to optimise.
        <img
          src={address}
          alt={alt}
          width={picture.width}
          height={picture.height}
          loading="lazy"
          decoding="async"
          draggable={false}
          onLoad={() => setState("there")}
          onError={() => setState("broken")}
          className={`absolute inset-0 size-full object-cover transition-opacity duration-200 motion-reduce:transition-none ${state === "there" ? "" : "opacity-0"}`}
        />
      )}
    </span>
  );
}

/** The place of one picture in the timeline, in CSS pixels: its own shape within bounds, known before it is there. */
export function fitWithin(width: number, height: number, most = { width: 300, height: 380 }) {
  const scale = Math.min(most.width / width, most.height / height, 1);
  // Extreme shapes are cut: a line is not a picture.
  return { width: Math.max(110, Math.round(width * scale)), height: Math.max(72, Math.round(height * scale)) };
}
