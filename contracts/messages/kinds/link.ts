import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { addressesOf, parseMarkup } from "#contracts/markup.ts";
import { picture } from "#contracts/media.ts";
import { mention, plainWords, text, type Words, wordsAsSent } from "#contracts/messages/kinds/text.ts";
import { caption, cardText, webAddress } from "#contracts/messages/parts.ts";
import { bodyText } from "#contracts/text.ts";
import { isSameAddress } from "#contracts/web-address.ts";

const fields = {
  kind: z.literal("link"),
  text: bodyText(limits.messageText.max),
  mentions: z.optional(z.array(mention).check(z.maxLength(limits.mentions))),
  url: webAddress,
};

/** Whether readers see this address in the text. */
export const shows = (text: string, url: string): boolean =>
  addressesOf(parseMarkup(text)).some((address) => isSameAddress(address, url));

/** Text with the card of one address in it. Who sends names the address; the card is what the server fetched. */
export const link = {
  draft: z.pipe(
    z.pipe(z.object({ kind: z.literal("link"), ...wordsAsSent, url: z.string() }), z.transform(plainWords)),
    z.object(fields),
  ),
  schema: z.object({
    ...fields,
    title: caption,
    description: cardText,
    site: cardText,
    picture: z.nullable(picture),
  }),
  words: {
    read: text.words.read,
    /** The card stays while the text shows its address. */
    write: (content: { url: string }, words: Words) =>
      shows(words.text, content.url) ? { ...content, kind: "link", ...words } : text.words.write(content, words),
  },
  preview: text.preview,
  searched: (content: { text: string; title: string; description: string; site: string }) =>
    [text.searched(content), content.title, content.description, content.site].join("\n"),
};
