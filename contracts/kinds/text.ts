import * as z from "zod/mini";
import { beginningOf } from "#contracts/graphemes.ts";
import { limits } from "#contracts/limits.ts";
import { parseMarkup, plainOf } from "#contracts/markup.ts";
import { bodyText, id, place } from "#contracts/text.ts";

/** A stretch of the text, in UTF-16 units from `start` on, that names somebody: "@Ada". */
export const mention = z.object({ personId: id, start: place, length: place });
export type Mention = z.infer<typeof mention>;

export const text = {
  /** Kept exactly as sent; never normalised. How it is set (bold, quotes …) is read from it on screen. */
  schema: z.object({
    kind: z.literal("text"),
    text: bodyText(limits.messageText.max),
    mentions: z.optional(z.array(mention).check(z.maxLength(limits.mentions))),
  }),
  preview: ({ text }: { text: string }) => {
    const words = text.trimStart();
    const beginning = beginningOf(words, limits.previewedUnits);
    const cut = beginning.length < words.length;
    const plain = plainOf(parseMarkup(beginning, { cut }));
    return cut ? `${plain.trimEnd()}…` : plain;
  },
};
