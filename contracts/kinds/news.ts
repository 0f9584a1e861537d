import * as z from "zod/mini";
import { cardText, cardTitle, webAddress } from "#contracts/kinds/parts.ts";
import { fileRef, picture } from "#contracts/media.ts";

const metadata = { kind: z.literal("news"), title: cardTitle, description: cardText, url: webAddress };

/** 图文: a headline with a picture, composed by hand or made from a link. */
export const news = {
  draft: z.object({ ...metadata, picture: z.nullable(fileRef) }),
  schema: z.object({ ...metadata, picture: z.nullable(picture) }),
  preview: (content: { title: string }) => `[News] ${content.title}`,
};
