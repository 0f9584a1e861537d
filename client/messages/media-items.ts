import type { Film, Picture } from "#contracts/media.ts";
import { content } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

/** One picture or film, with what is said about it. */
export type MediaItem = {
  /** Stays the same while pages are loaded around it. */
  key: string;
  fileId: string;
  /** A film without a poster has no picture. */
  picture: Picture | null;
  film: Film | null;
  caption: string;
  /** Of its message; null until that is loaded, and inside a record. */
  source: { conversationId: string; seq: number; senderId: string; sentAt: string } | null;
};

type Shown = { content: { kind: string }; seq: number | null; source?: MediaItem["source"] };

/** The pictures and films of a message, an album's one by one. */
export function itemsIn({ content: given, seq, source = null }: Shown): MediaItem[] {
  const known = content.safeParse(given).data;
  const item = (fileId: string) => ({ key: `${seq ?? ""}/${fileId}`, fileId, source });
  if (known?.kind === "image") {
    const { pictures, caption } = known;
    return pictures.map((picture) => ({ ...item(picture.fileId), picture, film: null, caption }));
  }
  if (known?.kind !== "video") return [];
  const { video, poster, caption } = known;
  return [{ ...item(video.fileId), picture: poster, film: video, caption }];
}

export const itemsOf = (messages: readonly Message[]): MediaItem[] =>
  messages.flatMap((message) => itemsIn({ ...message, source: message }));

/**
 * Where the lightbox is after its items changed: at the same one, or, when that was recalled or deleted, at the next one of
 * the conversation, or the last; -1 when nothing is left.
 */
export function placeAfter(items: readonly MediaItem[], { key, seq }: { key: string; seq: number }): number {
  const same = items.findIndex((item) => item.key === key);
  if (same >= 0) return same;
  const next = items.findIndex(({ source }) => source !== null && source.seq >= seq);
  return next >= 0 ? next : items.length - 1;
}
