import type { ComponentType } from "react";
import type { PendingMessage } from "#client/messages/use-outbox.ts";
import { isStored } from "#components/messages/rows.ts";
import { usePreviewText } from "#components/messages/use-preview-text.ts";
import { CardView } from "#components/messages/views/card.tsx";
import { CustomView } from "#components/messages/views/custom.tsx";
import { FileView } from "#components/messages/views/file.tsx";
import { ImageView } from "#components/messages/views/image.tsx";
import { LinkView } from "#components/messages/views/link.tsx";
import { LocationView } from "#components/messages/views/location.tsx";
import { NewsView } from "#components/messages/views/news.tsx";
import { RedPacketView } from "#components/messages/views/red-packet.tsx";
import { StickerView } from "#components/messages/views/sticker.tsx";
import { TextView } from "#components/messages/views/text.tsx";
import { VideoView } from "#components/messages/views/video.tsx";
import { VoiceView } from "#components/messages/views/voice.tsx";
import { type Content, type ContentOf, content } from "#contracts/kinds/index.ts";
import type { Message } from "#contracts/messages.ts";

/**
 * The bubble's layout: text with the time on its last line, a card with the time below it, a card that leaves room for
 * the time on its last line, a picture with the time over it.
 */
export type Frame = "text" | "card" | "footed" | "bare";

/** What a face gets besides its content. `seq` is null until the message is stored. */
export type MessageViewProps<K extends Content["kind"]> = {
  content: ContentOf<K>;
  own: boolean;
  conversationId: string;
  senderId: string;
  clientId: string;
  seq: number | null;
};

type Face<K extends Content["kind"]> = {
  frame: Frame | ((content: ContentOf<K>) => Frame);
  View: ComponentType<MessageViewProps<K>>;
};

/** Words under a picture need a ground to stand on. */
const bareWithout = ({ caption }: { caption: string }): Frame => (caption === "" ? "bare" : "card");

/** One line per kind that has a face; every other kind, known or not, shows its preview as text. */
const faces: { [K in Content["kind"]]?: Face<K> } = {
  text: { frame: "text", View: TextView },
  image: { frame: bareWithout, View: ImageView },
  // The player has its controls where a time upon the picture would be.
  video: { frame: "card", View: VideoView },
  sticker: { frame: "bare", View: StickerView },
  voice: { frame: "footed", View: VoiceView },
  file: { frame: "card", View: FileView },
  link: { frame: "card", View: LinkView },
  news: { frame: "card", View: NewsView },
  card: { frame: "footed", View: CardView },
  location: { frame: "card", View: LocationView },
  red_packet: { frame: "bare", View: RedPacketView },
  custom: { frame: "text", View: CustomView },
};

const parsed = new WeakMap<object, Content | null>();

/** The content of a message, or null when it is of a kind, or of a form, that this page does not know. */
export function contentOf(item: Message | PendingMessage): Content | null {
  if (!isStored(item)) return item.optimistic;
  let known = parsed.get(item.content);
  if (known === undefined) {
    const result = content.safeParse(item.content);
    known = result.success ? result.data : null;
    parsed.set(item.content, known);
  }
  return known;
}

// The table pairs each kind with the face of that kind; TypeScript cannot follow a pair through a lookup.
const faceOf = (known: Content | null) =>
  known ? (faces[known.kind] as Face<Content["kind"]> | undefined) : undefined;

export function frameOf(item: Message | PendingMessage): Frame {
  const known = contentOf(item);
  const frame = faceOf(known)?.frame ?? "text";
  return typeof frame === "function" ? (known ? frame(known) : "text") : frame;
}

type BodyProps = { item: Message | PendingMessage; own: boolean; senderId: string };

export function MessageBody({ item, own, senderId }: BodyProps) {
  const known = contentOf(item);
  const face = faceOf(known);
  const previewText = usePreviewText();
  if (!known || !face) return isStored(item) ? previewText(item.content.kind, item.preview) : null;
  const { conversationId, clientId } = item;
  const seq = isStored(item) ? item.seq : null;
  return <face.View {...{ content: known, own, conversationId, senderId, clientId, seq }} />;
}
