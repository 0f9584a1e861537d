import { fileAddress } from "#client/media/file-address.ts";
import type { Picture } from "#contracts/media.ts";

type StickerPictureProps = { picture: Picture; variant: "display" | "thumb"; size: number; alt: string };

/**
 * Keeps its place from the beginning; nothing lies behind it, whatever its shape. Whoever asked for less motion sees one
 * frame of a sticker that moves: its thumb.
 */
export function StickerPicture({ picture: { fileId, animated }, variant, size, alt }: StickerPictureProps) {
  return (
    <picture className="contents">
      {animated && variant === "display" ? (
        <source media="(prefers-reduced-motion: reduce)" srcSet={fileAddress(fileId, "thumb")} />
      ) : null}
      <img
        src={fileAddress(fileId, variant)}
        alt={alt}
        width={size}
        height={size}
        loading="lazy"
        decoding="async"
        draggable={false}
        style={{ width: size, height: size }}
        className="max-w-full object-contain"
      />
    </picture>
  );
}
