import * as z from "zod/mini";
import { limits } from "#contracts/limits.ts";
import { picture } from "#contracts/media.ts";
import { mention, plainWords, text, wordsAsSent } from "#contracts/messages/kinds/text.ts";
import { caption, cardText, webAddress } from "#contracts/messages/parts.ts";
import { bodyText } from "#contracts/text.ts";

const fields = {
  kind: z.literal("link"),
  text: bodyText(limits.messageText.max),
  mentions: z.optional(z.array(mention).check(z.maxLength(limits.mentions))),
  url: webAddress,
};

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
  preview: text.preview,
};
