import { fileAddress } from "#client/media/file-address.ts";
import type { Picture } from "#contracts/media.ts";

type StickerPictureProps = { picture: Picture; variant: "display" | "thumb"; size: number; alt: string };

/**
 * Reserves its space before it loads, and has no background. With reduced motion an animated sticker shows its
 * thumbnail, which is one frame.
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
