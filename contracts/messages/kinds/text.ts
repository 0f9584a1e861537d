import * as z from "zod/mini";
import { beginningOf } from "#contracts/graphemes.ts";
import { limits } from "#contracts/limits.ts";
import { mayBeMarkup, parseMarkup, plainOf } from "#contracts/markup.ts";
import { bodyText, id, plainText, sequenceNumber } from "#contracts/text.ts";

/** A stretch of the text, in UTF-16 units from `start` on, that mentions a person: "@Ada". */
export const mention = z.object({ personId: id, start: sequenceNumber, length: sequenceNumber });
export type Mention = z.infer<typeof mention>;

/** In place of a person's id: all members, which some may say (`server/messages/kinds/text.ts`). No person has it. */
export const everyoneId = "00000000-0000-0000-0000-000000000000";

export const mentions = z.optional(z.array(mention).check(z.maxLength(limits.mentions)));

/** What both kinds of words are sent with. The text may end its lines in any way. */
export const wordsAsSent = { text: z.string(), mentions };

export type Words = { text: string; mentions?: Mention[] | undefined };

/** The text as it is stored (`plainText`), and the mentions where they stand in it then. */
export function plainWords<Sent extends Words>(sent: Sent): Sent {
  const plain = plainText(sent.text);
  if (plain === sent.text || !sent.mentions || sent.text.length > mostUnits) return { ...sent, text: plain };
  const moved = (at: number) => plainText(sent.text.slice(0, at)).length;
  return {
    ...sent,
    text: plain,
    mentions: sent.mentions.map(({ personId, start, length }) => ({
      personId,
      start: moved(start),
      length: moved(start + length) - moved(start),
    })),
  };
}

/** Longer ones are refused, so nothing in them needs a place. */
const mostUnits = 4 * limits.messageText.max;

const schema = z.object({ kind: z.literal("text"), text: bodyText(limits.messageText.max), mentions });

export const text = {
  draft: z.pipe(z.pipe(z.object({ kind: z.literal("text"), ...wordsAsSent }), z.transform(plainWords)), schema),
  /**
   * Kept as sent; never normalised but for line ends and controls. How it is set (bold, quotes …) is read from it on
   * screen.
   */
  schema,
  words: {
    read: ({ text }: { text: string }) => text,
    write: (_: unknown, { text, mentions }: Words) => ({ kind: "text" as const, text, mentions }),
  },
  searched: ({ text }: { text: string }) => (mayBeMarkup(text) ? plainOf(parseMarkup(text)) : text),
  preview: ({ text }: { text: string }) => {
    const words = text.trimStart();
    const beginning = beginningOf(words, limits.previewedUnits);
    const cut = beginning.length < words.length;
    if (!cut && !mayBeMarkup(beginning)) return beginning;
    const plain = plainOf(parseMarkup(beginning, { cut }));
    return cut ? `${plain.trimEnd()}…` : plain;
  },
};
