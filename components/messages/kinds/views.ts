import type { ComponentType } from "react";
import type { PendingMessage } from "#client/messages/use-outbox.ts";
import { CardView } from "#components/messages/kinds/card/view.tsx";
import { CustomView } from "#components/messages/kinds/custom/view.tsx";
import { FileView } from "#components/messages/kinds/file/view.tsx";
import { ImageView } from "#components/messages/kinds/image/view.tsx";
import { LinkView } from "#components/messages/kinds/link/view.tsx";
import { LocationView } from "#components/messages/kinds/location/view.tsx";
import { NewsView } from "#components/messages/kinds/news/view.tsx";
import { PollView } from "#components/messages/kinds/poll/view.tsx";
import { RecalledView } from "#components/messages/kinds/recalled/view.tsx";
import { RecordView } from "#components/messages/kinds/record/view.tsx";
import { RedPacketView } from "#components/messages/kinds/red-packet/view.tsx";
import { ReminderView } from "#components/messages/kinds/reminder/view.tsx";
import { SignupView } from "#components/messages/kinds/signup/view.tsx";
import { StickerView } from "#components/messages/kinds/sticker/view.tsx";
import { TextView } from "#components/messages/kinds/text/view.tsx";
import { VideoView } from "#components/messages/kinds/video/view.tsx";
import { VoiceView } from "#components/messages/kinds/voice/view.tsx";
import { isStored } from "#components/messages/rows.ts";
import { isFewEmoji } from "#contracts/emoji.ts";
import { type Content, type ContentOf, content } from "#contracts/messages/kinds/index.ts";
import type { Message } from "#contracts/messages/message.ts";

/**
 * The bubble's layout: text with the time on its last line, a card with the time below it, a card that leaves room for
 * the time on its last line, a picture with the time over it; few emoji have no bubble, and the time below them.
 */
export type Frame = "text" | "card" | "footed" | "bare" | "emoji";

/** Props of the view of one kind. `seq` is null until the message is stored. */
export type MessageViewProps<K extends Content["kind"]> = {
  content: ContentOf<K>;
  own: boolean;
  conversationId: string;
  senderId: string;
  clientId: string;
  seq: number | null;
};

type KindView<K extends Content["kind"]> = {
  frame: Frame | ((content: ContentOf<K>) => Frame);
  View: ComponentType<MessageViewProps<K>>;
};

/** A caption needs the background of a card. */
const bareWithout = ({ caption }: { caption: string }): Frame => (caption === "" ? "bare" : "card");

/** One line per kind with a view; every other kind, known or not, shows its preview as text. */
const views: { [K in Content["kind"]]?: KindView<K> } = {
  text: { frame: ({ text }) => (isFewEmoji(text) ? "emoji" : "text"), View: TextView },
  image: { frame: bareWithout, View: ImageView },
  // The player's controls are where the time over a picture would be.
  video: { frame: "card", View: VideoView },
  sticker: { frame: "bare", View: StickerView },
  voice: { frame: "footed", View: VoiceView },
  file: { frame: "card", View: FileView },
  link: { frame: "card", View: LinkView },
  news: { frame: "card", View: NewsView },
  card: { frame: "footed", View: CardView },
  location: { frame: "card", View: LocationView },
  record: { frame: "footed", View: RecordView },
  reminder: { frame: "footed", View: ReminderView },
  poll: { frame: "card", View: PollView },
  signup: { frame: "card", View: SignupView },
  red_packet: { frame: "bare", View: RedPacketView },
  recalled: { frame: "text", View: RecalledView },
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

// The table pairs each kind with the view of that kind; TypeScript cannot follow a pair through a lookup.
export const viewOf = (known: Content | null) =>
  known ? (views[known.kind] as KindView<Content["kind"]> | undefined) : undefined;

export function frameOf(item: Message | PendingMessage): Frame {
  const known = contentOf(item);
  const frame = viewOf(known)?.frame ?? "text";
  return typeof frame === "function" ? (known ? frame(known) : "text") : frame;
}
