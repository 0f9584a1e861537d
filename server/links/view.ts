import type { LinkCard } from "#contracts/links.ts";
import type { PreviewRow } from "#server/links/store.ts";
import { toPicture } from "#server/media/ready-files.ts";

export function toCard({ card, picture }: PreviewRow): LinkCard | null {
  return card && { ...card, picture: picture && toPicture(picture) };
}
