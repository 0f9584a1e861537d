import * as z from "zod/mini";
import type { Variant } from "#contracts/media.ts";
import type { Content, Sendable } from "#contracts/messages/kinds/index.ts";

/**
 * The frame of the course project that this product succeeds, for bridges to programs that speak it:
 * `{id,userid,cmd,dstid,media,content,pic,url,memo,amount}`. People and communities are named by their IM numbers.
 */
const seedCommands = { private: 10, group: 11, heartbeat: 0 } as const;

/** The seed's number for each kind of message. A kind that the seed does not have gets the most similar number. */
export const seedMedia = {
  text: 1,
  news: 2,
  voice: 3,
  image: 4,
  red_packet: 5,
  sticker: 6,
  link: 7,
  video: 8,
  card: 9,
  file: 7,
  location: 7,
  record: 1,
  reminder: 1,
  poll: 1,
  signup: 1,
  notice: 1,
  recalled: 1,
  custom: 100,
} as const satisfies Record<Content["kind"], number>;

const text = z.optional(z.string());
const number = z.optional(z.int());
export const seedFrame = z.object({
  id: number,
  userid: z.int(),
  cmd: z.int(),
  dstid: number,
  media: number,
  content: text,
  pic: text,
  url: text,
  memo: text,
  /** Seconds of a voice message, or cents of a red packet. */
  amount: number,
});
export type SeedFrame = z.infer<typeof seedFrame>;

/** Message id, sender, command and recipient of a frame; people and communities by IM number. */
export type SeedEnvelope = Pick<SeedFrame, "id" | "userid" | "cmd" | "dstid">;

/** What a frame needs and content lacks: the addresses of our ids, and the amount of a red packet. */
export type SeedAddresses = {
  file(fileId: string, variant: Variant): string;
  packet(packetId: string): { url: string; amount: number };
  /** The picture of the person or community on a card. */
  face(id: string): string;
};

/** Converts a message to frames of the seed: one, or one for each picture of an album. */
export function toSeedFrames(envelope: SeedEnvelope, content: Content, addresses: SeedAddresses): SeedFrame[] {
  const frame = (more: Partial<SeedFrame>): SeedFrame[] => [{ ...envelope, media: seedMedia[content.kind], ...more }];
  const memo = (words: string) => (words === "" ? {} : { memo: words });
  switch (content.kind) {
    case "text":
      return frame({ content: content.text });
    case "news":
      return frame({
        content: content.title,
        ...(content.picture ? { pic: addresses.file(content.picture.fileId, "display") } : {}),
        url: content.url,
        ...memo(content.description),
      });
    case "voice":
      return frame({
        url: addresses.file(content.voice.fileId, "original"),
        amount: Math.ceil(content.voice.durationMs / 1_000),
      });
    case "image":
      return content.pictures.flatMap(({ fileId }, at) =>
        frame({ url: addresses.file(fileId, "original"), ...memo(at === 0 ? content.caption : "") }),
      );
    case "red_packet":
      return frame({ ...addresses.packet(content.packetId), ...memo(content.greeting) });
    case "sticker":
      return frame({ content: content.label });
    case "link":
      return frame({ url: content.url, ...(content.text === content.url ? {} : { content: content.text }) });
    case "video":
      return frame({
        ...(content.poster ? { pic: addresses.file(content.poster.fileId, "display") } : {}),
        url: addresses.file(content.video.fileId, "original"),
        ...memo(content.caption),
      });
    case "card":
      return frame({ content: String(content.number), pic: addresses.face(content.id), memo: content.name });
    case "file":
      return frame({ url: addresses.file(content.file.fileId, "original"), memo: content.name });
    case "location":
      return frame({ url: `geo:${content.latitude},${content.longitude}`, ...memo(content.name) });
    case "record":
      return frame({ content: content.lines.map(({ name, preview }) => `${name}: ${preview}`).join("\n") });
    case "reminder":
      return frame({ ...(content.line ? { content: `${content.line.name}: ${content.line.preview}` } : {}) });
    case "poll":
      return frame({ content: content.question });
    case "signup":
      return frame({ content: content.title });
    case "notice":
      return frame({ content: content.notice.replaceAll("_", " ") });
    case "recalled":
      return frame({ content: "recalled" });
    case "custom":
      return frame({ content: JSON.stringify({ type: content.type, payload: content.payload, text: content.text }) });
  }
}

/** Finds our ids for the addresses, sticker names and IM numbers in a frame; null when nothing matches. */
export type SeedLookup = {
  file(address: string): string | null;
  sticker(name: string): string | null;
  person(number: number): string | null;
};

/** The content to send for a frame. A red packet is sent by an operation of its own. */
export type SeedContent = Sendable | { kind: "red_packet"; total: number; greeting: string };

/** A frame has no waveform of a voice message. */
const silent = [0];

/**
 * Reads a frame; null for a heartbeat, for a number that is not the seed's, and for what names something that is not
 * here.
 */
export function fromSeedFrame(frame: SeedFrame, lookup: SeedLookup): SeedContent | null {
  const { content = "", pic = "", url = "", memo = "", amount = 0 } = frame;
  if (frame.cmd !== seedCommands.private && frame.cmd !== seedCommands.group) return null;
  const file = (address: string) => {
    const fileId = address === "" ? null : lookup.file(address);
    return fileId === null ? null : { fileId };
  };
  const main = file(url);
  switch (frame.media) {
    case seedMedia.text:
      return { kind: "text", text: content };
    case seedMedia.news:
      return { kind: "news", title: content, description: memo, url, picture: file(pic) };
    case seedMedia.voice:
      return main && { kind: "voice", voice: main, peaks: silent };
    case seedMedia.image:
      return main && { kind: "image", pictures: [main], caption: memo };
    case seedMedia.red_packet:
      return { kind: "red_packet", total: amount, greeting: memo };
    case seedMedia.sticker: {
      const stickerId = lookup.sticker(content);
      return stickerId === null ? null : { kind: "sticker", stickerId };
    }
    case seedMedia.link:
      // A frame names the address beside the text; here a card is of an address in it.
      return { kind: "link", text: content.includes(url) ? content || url : `${content}\n${url}`.trim(), url };
    case seedMedia.video:
      return main && { kind: "video", video: main, poster: file(pic), caption: memo };
    case seedMedia.card: {
      const id = /^\d+$/.test(content) ? lookup.person(Number(content)) : null;
      return id === null ? null : { kind: "card", of: "person", id };
    }
    case seedMedia.custom:
      return readCustom(content);
    default:
      return null;
  }
}

function readCustom(content: string): SeedContent {
  try {
    const { type, payload, text: words } = JSON.parse(content);
    if (typeof type === "string" && typeof words === "string") return { kind: "custom", type, payload, text: words };
  } catch {
    // Other custom kinds stay as their text.
  }
  return { kind: "custom", type: "seed.frame", payload: content, text: content };
}
