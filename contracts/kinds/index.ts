import * as z from "zod/mini";
import { shorten } from "#contracts/graphemes.ts";
import { card } from "#contracts/kinds/card.ts";
import { custom } from "#contracts/kinds/custom.ts";
import { file } from "#contracts/kinds/file.ts";
import { image } from "#contracts/kinds/image.ts";
import { link } from "#contracts/kinds/link.ts";
import { location } from "#contracts/kinds/location.ts";
import { news } from "#contracts/kinds/news.ts";
import { notice } from "#contracts/kinds/notice.ts";
import { redPacket } from "#contracts/kinds/red-packet.ts";
import { sticker } from "#contracts/kinds/sticker.ts";
import { text } from "#contracts/kinds/text.ts";
import { video } from "#contracts/kinds/video.ts";
import { voice } from "#contracts/kinds/voice.ts";

/**
 * What a person may send with `messages.send`. A kind that stores more than its sender may say (what is in a file, who
 * is behind a number) has a `draft`; `server/messages/resolve-draft.ts` makes the one from the other. Notices are written by
 * the product only, red packets by their own verb.
 */
export const sendable = z.discriminatedUnion("kind", [
  text.draft,
  news.draft,
  voice.draft,
  image.draft,
  sticker.draft,
  link.draft,
  video.draft,
  card.draft,
  file.draft,
  location.schema,
  custom.schema,
]);
export type Sendable = z.infer<typeof sendable>;

/** What is stored and told. */
export const content = z.discriminatedUnion("kind", [
  text.schema,
  news.schema,
  voice.schema,
  image.schema,
  redPacket.schema,
  sticker.schema,
  link.schema,
  video.schema,
  card.schema,
  file.schema,
  location.schema,
  notice.schema,
  custom.schema,
]);
export type Content = z.infer<typeof content>;
export type ContentOf<K extends Content["kind"]> = Extract<Content, { kind: K }>;
export type NoticeContent = ContentOf<"notice">;

/** Graphemes. */
const previewLength = 140;

function previewBy(message: Content): string {
  switch (message.kind) {
    case "text":
      return text.preview(message);
    case "news":
      return news.preview(message);
    case "voice":
      return voice.preview(message);
    case "image":
      return image.preview(message);
    case "red_packet":
      return redPacket.preview(message);
    case "sticker":
      return sticker.preview(message);
    case "link":
      return link.preview(message);
    case "video":
      return video.preview(message);
    case "card":
      return card.preview(message);
    case "file":
      return file.preview(message);
    case "location":
      return location.preview(message);
    case "notice":
      return notice.preview(message);
    case "custom":
      return custom.preview(message);
  }
}

/** One line that says what a message is, in the list, in notifications, and for tabs that do not know its kind. */
export function previewOf(message: Content): string {
  return shorten(previewBy(message).replace(/\s+/g, " ").trim(), previewLength);
}
