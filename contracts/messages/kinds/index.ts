import * as z from "zod/mini";
import { shorten } from "#contracts/graphemes.ts";
import { card } from "#contracts/messages/kinds/card.ts";
import { custom } from "#contracts/messages/kinds/custom.ts";
import { file } from "#contracts/messages/kinds/file.ts";
import { image } from "#contracts/messages/kinds/image.ts";
import { link } from "#contracts/messages/kinds/link.ts";
import { location } from "#contracts/messages/kinds/location.ts";
import { news } from "#contracts/messages/kinds/news.ts";
import { notice } from "#contracts/messages/kinds/notice.ts";
import { poll } from "#contracts/messages/kinds/poll.ts";
import { recalled } from "#contracts/messages/kinds/recalled.ts";
import { record } from "#contracts/messages/kinds/record.ts";
import { redPacket } from "#contracts/messages/kinds/red-packet.ts";
import { reminder } from "#contracts/messages/kinds/reminder.ts";
import { signup } from "#contracts/messages/kinds/signup.ts";
import { sticker } from "#contracts/messages/kinds/sticker.ts";
import { everyoneId, mentions, text, type Words } from "#contracts/messages/kinds/text.ts";
import { video } from "#contracts/messages/kinds/video.ts";
import { voice } from "#contracts/messages/kinds/voice.ts";
import { positive } from "#contracts/text.ts";

export type MessageAction = "recall" | "react" | "edit" | "reply" | "forward" | "report" | "star" | "pin" | "hide";

/** What the sender can edit, of content of type `Of`: the text, or the caption of files. */
type Editable<Of> = {
  read: (content: Of) => string;
  /** The content with other words; the schema says whether they are allowed. */
  write: (content: Of, words: Words) => { kind: string };
};

/** What a kind of message declares; `content` is of its own schema, or of its draft for `files`. */
type Kind = {
  /** What is stored and sent to clients. */
  schema: z.ZodMiniType<{ kind: string }>;
  /**
   * What `messages.send` accepts. A kind without one is not sent by people (notices), or by an operation of its own
   * (red packets). Where it differs from the schema, `server/messages/resolve-draft.ts` makes the one from the other.
   */
  draft?: z.ZodMiniType<{ kind: string }>;
  /** What the message is, in English: "Photo". Clients show it in the reader's language (`kinds.<kind>` in locales/). */
  label?: string | ((content: never) => string);
  /** What this message says in one line, without the label. */
  preview: (content: never) => string;
  /** The words by which it is found, a line for each part; the preview unless said. Null: it is not found at all. */
  searched?: ((content: never) => string) | null;
  /** The files that the message gives its readers; those of link cards and stickers are everyone's to see. */
  files?: (content: never) => string[];
  /** Of a kind that can be edited. */
  words?: Editable<never>;
  /** What a forward passes on, where that is not the content itself. */
  forwards?: (content: never) => { kind: string };
  /** Changes that messages of this kind do not allow. */
  forbids?: readonly MessageAction[];
};

const kinds = {
  text,
  news,
  voice,
  image,
  red_packet: redPacket,
  sticker,
  link,
  video,
  card,
  file,
  location,
  record,
  reminder,
  poll,
  signup,
  notice,
  recalled,
  custom,
} satisfies Record<string, Kind>;

type Kinds = typeof kinds;
type Schemas = Kinds[keyof Kinds]["schema"];
type Drafts = { [K in keyof Kinds]: Kinds[K] extends { draft: infer Draft } ? Draft : never }[keyof Kinds];

// Object.values forgets that there is at least one.
const schemas = Object.values(kinds).map(({ schema }) => schema) as [Schemas, ...Schemas[]];
const drafts = Object.values(kinds).flatMap((kind) => ("draft" in kind ? [kind.draft] : [])) as [Drafts, ...Drafts[]];

/**
 * `replyTo`: the `seq` of the message of this conversation that a message answers. Its words are read there. `silent`: its
 * sender asks that no device rings for it; it is unread like any other.
 */
const asSent = { replyTo: z.optional(positive), silent: z.optional(z.literal(true)) };
/** `forwardedFrom`: the first sender's name as it was. No id: it would let strangers ask for that person. */
const asStored = { ...asSent, forwardedFrom: z.optional(z.object({ name: z.string() })) };

/** What is stored and sent to clients. */
export const content = z.intersection(z.discriminatedUnion("kind", schemas), z.object(asStored));
export type Content = z.infer<typeof content>;
export type ContentOf<K extends Content["kind"]> = Extract<Content, { kind: K }>;
export type NoticeContent = ContentOf<"notice">;

/** What a person may send with `messages.send`. */
export const sendable = z.intersection(z.discriminatedUnion("kind", drafts), z.object(asSent));
export type Sendable = z.infer<typeof sendable>;

/** A kind with functions that take any content: only its own is ever passed. */
type AnyKind = {
  label?: string | ((content: Content) => string);
  preview: (content: Content) => string;
  searched?: ((content: Content) => string) | null;
  files?: (content: Content | Sendable) => string[];
  words?: Editable<Content>;
  forwards?: (content: Content) => Content;
  forbids?: readonly MessageAction[];
};
const kindOf = ({ kind }: Content | Sendable) => kinds[kind] as AnyKind;

export const filesOf = (of: Content | Sendable): string[] => kindOf(of).files?.(of) ?? [];

/** What is passed on of a message that is forwarded. */
export const forwardedOf = (of: Content): Content => kindOf(of).forwards?.(of) ?? of;

/** The people whom a message mentions by name, each once. Of a message on the wire, which may be of a kind that is not known here. */
export const mentionedIn = (content: WithMentions): string[] => idsIn(content).filter((id) => id !== everyoneId);

/** Whether it mentions all members. */
export const mentionsEveryone = (content: WithMentions): boolean => idsIn(content).includes(everyoneId);

type WithMentions = { kind: string; mentions?: unknown };

function idsIn({ mentions: said }: WithMentions): string[] {
  if (said === undefined) return [];
  const read = mentions.safeParse(said);
  return [...new Set(read.data?.map(({ personId }) => personId))];
}

type Labelled = { [K in keyof Kinds]: Kinds[K] extends { label: unknown } ? K : never }[keyof Kinds];

/** Whether previews of this kind begin with its label, in brackets. */
export const isLabelled = (kind: string): kind is Labelled =>
  Object.hasOwn(kinds, kind) && "label" in kinds[kind as keyof Kinds];

/** Whether messages of this kind, which may be one that this page does not know, allow a change. */
export function allows(kind: string, action: MessageAction): boolean {
  if (!Object.hasOwn(kinds, kind)) return false;
  const { forbids, words } = kinds[kind as keyof Kinds] as AnyKind;
  return action === "edit" ? words !== undefined : !forbids?.includes(action);
}

/** The text of a message that can be edited, or its caption; null for other kinds. */
export const wordsOf = (of: Content): string | null => kindOf(of).words?.read(of) ?? null;

/**
 * A message with other words. Throws the issues of the kind's schema; null for a kind that cannot be edited, and for words
 * that stand under the name of another person.
 */
export function withWords(of: Content, words: Words): Content | null {
  if (of.forwardedFrom) return null;
  const changed = kindOf(of).words?.write(of, words);
  return changed ? content.parse({ ...changed, replyTo: of.replyTo, silent: of.silent }) : null;
}

/** Graphemes. */
const previewLength = 140;

/** One line that says what a message is, in the list, in notifications, and for tabs that do not know its kind. */
export function previewOf(message: Content): string {
  const { label, preview } = kindOf(message);
  const line = label === undefined ? "" : `[${typeof label === "string" ? label : label(message)}] `;
  return shorten(`${line}${preview(message)}`.replace(/\s+/g, " ").trim(), previewLength);
}

/** The words by which a message is found; null for one that is not found. */
export function searchedTextOf(message: Content): string | null {
  const { searched, preview } = kindOf(message);
  return searched === null ? null : (searched ?? preview)(message);
}
